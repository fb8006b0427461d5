import { describe, expect, it } from 'vitest';
import { designDefaults } from './design-schemas';
import { imageDefaults, imageQuerySchema, withQuery } from './schemas';

describe('imageQuerySchema', () => {
  it('leaves to the design what is left out', () => {
    const query = imageQuerySchema.parse({});
    expect(query).toEqual({ format: 'png' });
    expect(withQuery(designDefaults, query)).toEqual(designDefaults);
    const { mm, dpi, ec, quiet } = imageDefaults;
    const { sizeMm, dotsPerInch, errorCorrection, quietZoneModules } = designDefaults;
    expect([sizeMm, dotsPerInch, errorCorrection, quietZoneModules]).toEqual([mm, dpi, ec, quiet]);
  });

  it('puts what a query asks for before the design', () => {
    const query = imageQuerySchema.parse({ format: 'tiff', mm: '12.5', dpi: '600', ec: 'H', quiet: '6' });
    expect(query.format).toBe('tiff');
    expect(withQuery({ ...designDefaults, foreground: '#112233' }, query)).toEqual({
      ...designDefaults,
      foreground: '#112233',
      sizeMm: 12.5,
      dotsPerInch: 600,
      errorCorrection: 'H',
      quietZoneModules: 6,
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
