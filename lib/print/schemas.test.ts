import { describe, expect, it } from 'vitest';
import { imageQuerySchema, toDrawRequest } from './schemas';

describe('imageQuerySchema', () => {
  it('fills in what is left out', () => {
    expect(imageQuerySchema.parse({})).toEqual({ format: 'png', mm: 50, dpi: 300, ec: 'Q', quiet: 4 });
  });

  it('reads numbers from a query', () => {
    const query = imageQuerySchema.parse({
      format: 'svg',
      mm: '12.5',
      dpi: '600',
      ec: 'H',
      quiet: '6',
      temporary: 'ok',
    });
    expect(toDrawRequest('http://weixin.qq.com/q/1', query, 'x')).toEqual({
      url: 'http://weixin.qq.com/q/1',
      format: 'svg',
      sizeMm: 12.5,
      dotsPerInch: 600,
      errorCorrection: 'H',
      quietZoneModules: 6,
      title: 'x',
    });
  });

  it.each([
    { format: 'gif' },
    { mm: '2.9' },
    { mm: '5000.1' },
    { mm: '' },
    { mm: 'Infinity' },
    { mm: 'wide' },
    { dpi: '71' },
    { dpi: '2401' },
    { dpi: '300.5' },
    { ec: 'q' },
    { quiet: '3' },
    { quiet: '41' },
    { quiet: '4.5' },
    { temporary: 'yes' },
  ])('refuses %j', (query) => {
    expect(imageQuerySchema.safeParse(query).success).toBe(false);
  });
});
