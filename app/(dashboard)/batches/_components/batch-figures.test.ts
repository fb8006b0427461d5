import { describe, expect, it } from 'vitest';
import { type BatchCounts, isMoving, laterOf, shareDone } from './batch-figures';

const batch = (counts: Partial<BatchCounts>): BatchCounts => ({
  ...{ state: 'issuing', total: 1_000, reserved: 0, issued: 0, failed: 0, returned: 0 },
  ...counts,
});

describe('how far a batch is', () => {
  it('is all of it only when nothing is missing', () => {
    expect(shareDone(batch({ issued: 999 }))).toBe(0.99);
    expect(shareDone(batch({ issued: 1_000 }))).toBe(1);
    expect(shareDone(batch({ total: 0 })), 'all rows were known').toBe(1);
  });

  it('counts out a discarded code, but not what a cancelled batch gave back', () => {
    expect(shareDone(batch({ state: 'done', issued: 999, returned: 1 }))).toBe(1);
    expect(shareDone(batch({ state: 'cancelled', issued: 250, returned: 750 }))).toBe(0.25);
  });

  it('goes on after a cancel while WeChat may have codes', () => {
    expect(isMoving(batch({ state: 'cancelled', reserved: 2 }))).toBe(true);
    expect(isMoving(batch({ state: 'cancelled' }))).toBe(false);
    expect(isMoving(batch({ state: 'failed' }))).toBe(false);
  });

  it('is what was read last, whichever answer comes last', () => {
    const drawn = { asOf: '2026-12-01T03:22:11.000Z', state: 'issuing' };
    const polled = { asOf: '2026-12-01T03:22:12.000Z', state: 'done' };
    expect(laterOf(drawn, polled)).toBe(polled);
    expect(laterOf(polled, drawn)).toBe(polled);
  });
});
