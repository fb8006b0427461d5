import { describe, expect, it } from 'vitest';
import {
  formatDate,
  formatDateTime,
  formatNumber,
  formatPercent,
  formatRelative,
  formatShortDateTime,
  fromZonedInput,
  localDate,
  toZonedInput,
} from './format';

const moment = '2026-12-23T06:02:00Z';

describe('figures', () => {
  it('separates thousands in both languages', () => {
    expect(formatNumber(36588, 'zh-CN')).toBe('36,588');
    expect(formatNumber(36588, 'en')).toBe('36,588');
    expect(formatPercent(0.634, 'en')).toBe('63.4%');
  });

  it('rounds a share neither to nothing nor to all', () => {
    const shares = [0, 0.00017, 0.001, 0.9994, 0.99998, 1];
    expect(shares.map((share) => formatPercent(share, 'zh-CN'))).toEqual([
      ...['0%', '<0.1%', '0.1%', '99.9%', '>99.9%', '100%'],
    ]);
  });
});

describe('times', () => {
  it('shows the zone that is asked for', () => {
    expect(formatDateTime(moment, 'en', 'Asia/Shanghai')).toBe('23 Dec 2026, 14:02');
    expect(formatDateTime(moment, 'zh-CN', 'Asia/Shanghai')).toBe('2026年12月23日 14:02');
    expect(formatDate('2026-12-23T18:00:00Z', 'en', 'Asia/Shanghai')).toBe('24 Dec 2026');
    expect(localDate('2026-12-23T18:40:00Z', 'Asia/Kolkata')).toBe('2026-12-24');
  });

  it('leaves the present year out', () => {
    expect(formatShortDateTime(moment, 'en', 'Asia/Shanghai', '2026-11-24T00:00:00Z')).toBe('23 Dec, 14:02');
    expect(formatShortDateTime(moment, 'zh-CN', 'Asia/Shanghai', '2026-11-24T00:00:00Z')).toBe(
      '12月23日 14:02',
    );
    expect(formatShortDateTime(moment, 'en', 'Asia/Shanghai', '2027-01-02T00:00:00Z')).toContain('2026');
  });

  it('counts the days of a temporary code in days', () => {
    expect(formatRelative(moment, '2026-11-24T06:00:00Z', 'en')).toBe('in 29 days');
    expect(formatRelative(moment, '2026-11-24T06:00:00Z', 'zh-CN')).toBe('29天后');
    expect(formatRelative('2026-12-23T05:00:00Z', moment, 'en')).toBe('1 hour ago');
    expect(formatRelative(moment, moment, 'en')).toBe('now');
  });
});

describe('wall clock of a zone', () => {
  it('goes there and back', () => {
    for (const timeZone of ['Asia/Shanghai', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia', 'UTC']) {
      for (let month = 1; month <= 12; month++) {
        const input = `2026-${String(month).padStart(2, '0')}-15T09:30`;
        const instant = fromZonedInput(input, timeZone);
        expect(instant && toZonedInput(instant, timeZone)).toBe(input);
      }
    }
  });

  it('knows midnight', () => {
    expect(fromZonedInput('2026-12-23', 'Asia/Shanghai')?.toISOString()).toBe('2026-12-22T16:00:00.000Z');
    expect(toZonedInput('2026-12-22T16:00:00Z', 'Asia/Shanghai')).toBe('2026-12-23T00:00');
  });

  it('moves on from an hour that is skipped, and takes the first of one that comes twice', () => {
    expect(fromZonedInput('2026-03-08T02:30', 'America/New_York')?.toISOString()).toBe(
      '2026-03-08T07:30:00.000Z',
    );
    expect(fromZonedInput('2026-11-01T01:30', 'America/New_York')?.toISOString()).toBe(
      '2026-11-01T05:30:00.000Z',
    );
  });

  it('refuses what is no date', () => {
    for (const input of ['', '2026-02-30', '2026-13-01', '23.12.2026', '2026-12-23T25:00']) {
      expect(fromZonedInput(input, 'Asia/Shanghai')).toBeNull();
    }
  });
});
