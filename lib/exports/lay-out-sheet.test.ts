import { describe, expect, it } from 'vitest';
import { isAppError } from '../errors';
import { designDefaults } from '../print/design-schemas';
import { labelPlace } from '../print/plan-sheet';
import { sheetDefaults } from '../print/sheet-schemas';
import type { SheetSettings } from '../print/sheet-types';
import { drawFirstPage } from './draw-first-page';
import { layOutSheet, readSheetSettings } from './lay-out-sheet';
import { exportQuerySchema } from './schemas';
import { toSheetQuery } from './sheet-query';

const common = { cropMarks: false, bleedMm: 0, startAt: 1, copies: 1 };
const grid = { kind: 'grid', page: 'a4', columns: 2, rows: 3, marginMm: 12, gapMm: 8 } as const;
const sheets: SheetSettings[] = [
  { ...grid, ...common, page: 'sra3', bleedMm: 2.5, cropMarks: true, copies: 4, startAt: 3 },
  { kind: 'stock', stock: 'L7163', ...common, startAt: 9 },
  { kind: 'single', ...common, bleedMm: 3, cropMarks: true },
];
const asked = (query: object, saved: SheetSettings | null) =>
  readSheetSettings(exportQuerySchema.parse(query), saved);

describe('the sheet of an export', () => {
  it.each(sheets)('is the one that the studio shows, whatever the design says: $kind', (sheet) => {
    expect(asked(toSheetQuery(sheet), { kind: 'stock', stock: 'L7160', ...common, copies: 9 })).toEqual(
      sheet,
    );
  });

  it('is that of the design, but for what is asked for besides', () => {
    const saved = { kind: 'stock', stock: 'L7160', ...common } as const;
    expect(asked({}, saved)).toEqual(saved);
    expect(asked({ start: '5', copies: '2', columns: '7' }, saved)).toEqual({
      ...saved,
      startAt: 5,
      copies: 2,
    });
    expect(asked({}, null)).toEqual(sheetDefaults);
    expect(asked({ sheet: 'letter', rows: '9' }, saved)).toEqual({
      ...sheetDefaults,
      page: 'letter',
      rows: 9,
    });
  });

  it('says why a design does not go onto it, and what would', () => {
    const refusalOf = (sheet: SheetSettings) => {
      try {
        layOutSheet(sheet, designDefaults);
        return null;
      } catch (error) {
        return isAppError(error) ? error.details : error;
      }
    };
    expect(refusalOf({ kind: 'stock', stock: 'L7160', ...common })).toMatchObject({
      reason: 'symbolTooLarge',
      largestMm: 38.1,
    });
    expect(refusalOf({ ...grid, ...common, columns: 20, gapMm: 20 })).toMatchObject({
      reason: 'gridTooLarge',
    });
    expect(refusalOf({ ...grid, ...common, bleedMm: 5 })).toMatchObject({ reason: 'bleedTooWide' });
    expect(() => asked({ sheet: 'L9999' }, null)).toThrow();
  });
});

it('shows the first page with used labels empty, copies side by side, and its marks outside of all labels', () => {
  const layout = layOutSheet(
    { ...grid, ...common, cropMarks: true, bleedMm: 2, startAt: 2, copies: 2 },
    designDefaults,
  );
  const picture = drawFirstPage(layout, 2, '#ffeecc');
  expect(picture.labels.map(({ item }) => item)).toEqual([null, 0, 0, 1, 1, null]);
  expect(picture.labels[3]).toMatchObject(labelPlace(layout, 3));
  expect(picture).toMatchObject({ widthMm: 210, heightMm: 297, bleedMm: 2, ground: '#ffeecc' });
  // Two ends of two cuts for each of two columns and three rows.
  expect(picture.marks).toHaveLength(2 * 2 * (2 + 3));
  const inner = picture.marks.filter(
    ({ leftMm, topMm, widthMm, heightMm }) =>
      leftMm + widthMm > 12 - 2 && leftMm < 210 - 12 + 2 && topMm + heightMm > 12 - 2 && topMm < 297 - 12 + 2,
  );
  expect(inner).toEqual([]);
});
