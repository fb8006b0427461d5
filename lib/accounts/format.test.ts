import { describe, expect, it } from 'vitest';
import { formatRanges, parseLines, parseRanges } from './format';

describe('ranges', () => {
  it('are read as people write them', () => {
    const expected = [
      [1, 5000],
      [8000, 8000],
    ];
    for (const text of [
      '1-5000, 8000',
      '1～5000、8000',
      '1 – 5000\n8000',
      '1至5000；8000',
      '１－５０００，８０００',
      '1..5000 8000',
    ]) {
      expect([text, parseRanges(text).ranges]).toEqual([text, expected]);
    }
  });

  it('name what is none', () => {
    expect(parseRanges('1-, a-b, 5, -3, 1-2-3')).toEqual({
      ranges: [[5, 5]],
      faults: ['1-', 'a-b', '-3', '1-2-3'],
    });
  });

  it('are written so that they read back', () => {
    expect(
      formatRanges([
        [1, 9],
        [12, 12],
      ]),
    ).toBe('1-9, 12');
  });
});

describe('parseLines', () => {
  it('keeps what a line holds', () => {
    expect(parseLines('a\r\n\r\n b \n  \nc')).toEqual(['a', ' b ', 'c']);
  });
});
