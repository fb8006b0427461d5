import { describe, expect, it } from 'vitest';
import { secondsUntil } from './seconds-until';

const now = Date.parse('2026-11-23T06:00:30Z');

describe('secondsUntil', () => {
  it('reads the wall clock of the account', () => {
    expect(secondsUntil('2026-11-23T15:00', 'Asia/Shanghai', now)).toBe(3_570);
    expect(secondsUntil('2026-11-23T13:00', 'Asia/Shanghai', now)).toBeLessThan(0);
    expect(secondsUntil('', 'Asia/Shanghai', now)).toBeNaN();
  });

  it('takes the last minute that the picker offers for the bound, and nothing beyond it', () => {
    expect(secondsUntil('2026-12-23T14:01', 'Asia/Shanghai', now)).toBe(2_592_000);
    expect(secondsUntil('2026-12-23T14:02', 'Asia/Shanghai', now)).toBe(2_592_090);
  });
});
