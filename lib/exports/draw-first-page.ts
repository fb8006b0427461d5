import { cropMarkPlaces, labelPlace } from '../print/plan-sheet';
import type { SheetLayout } from '../print/sheet-types';
import { placeOnSheets } from './sheet-places';
import type { SheetPictureDto } from './types';

/** So many symbols of a page are shown; the labels beyond are as empty as used ones. */
const MOST_SHOWN = 60;

/**
 * The first page of so many codes as it is cut. Pure; what lies on each label is said by the code's place from 0.
 *
 * @param background  of the design, which fills a label and its bleed
 */
export function drawFirstPage(layout: SheetLayout, total: number, background: string): SheetPictureDto {
  const { pageWidthMm, pageHeightMm, labelWidthMm, labelHeightMm, bleedMm } = layout;
  const sheets = placeOnSheets(layout, total);
  const { firstLabel, endLabel } = sheets.span(0, 1);
  return {
    widthMm: pageWidthMm,
    heightMm: pageHeightMm,
    bleedMm,
    ground: background,
    marks: cropMarkPlaces(layout),
    labels: Array.from({ length: sheets.perPage }, (_, label) => {
      const item = label >= firstLabel && label < endLabel ? sheets.itemOf(label) : null;
      return {
        ...labelPlace(layout, label),
        widthMm: labelWidthMm,
        heightMm: labelHeightMm,
        item: item !== null && item < MOST_SHOWN ? item : null,
      };
    }),
  };
}
