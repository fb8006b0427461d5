import { ticketUrlSizes } from '../qr';
import type { PrintDesignSettings } from './design-types';
import { findLabelStock } from './label-stocks';
import {
  pageSizes,
  type SheetCount,
  type SheetLayout,
  type SheetPlace,
  type SheetPlan,
  type SheetSettings,
} from './sheet-types';

/** Crop marks begin beyond the bleed and are as long as a knife's operator looks for. */
export const CROP_MARK = { gapMm: 1, lengthMm: 4, widthMm: 0.1 } as const;

const LINE_HEIGHT = 1.4;
const CAPTION_MARGIN_MODULES = 1.5;

/** Rounding of inches: a label of 25.4 mm holds a symbol of 25.4 mm. */
const EPSILON_MM = 0.001;

/** Height in mm of a symbol with as long a caption as its design allows. */
export function designHeightMm(design: PrintDesignSettings): number {
  const { linesMm, perMm } = captionShare(design);
  return design.sizeMm * (1 + perMm) + linesMm;
}

/** What a caption adds: its lines, and a margin that grows with the symbol. */
function captionShare({ quietZoneModules, errorCorrection, caption }: PrintDesignSettings) {
  if (!caption) return { linesMm: 0, perMm: 0 };
  const modules = Math.min(...ticketUrlSizes[errorCorrection]) + 2 * quietZoneModules;
  return {
    linesMm: caption.maxLines * LINE_HEIGHT * caption.textMm,
    perMm: CAPTION_MARGIN_MODULES / modules,
  };
}

/**
 * Lays labels of a design out on a sheet. Pure; the form draws the true sheet by it.
 *
 * @returns a refusal, with the widest symbol that goes, when the design does not go onto it
 */
export function planSheet(sheet: SheetSettings, design: PrintDesignSettings): SheetPlan {
  const { cropMarks, bleedMm, startAt, copies } = sheet;
  const heightMm = designHeightMm(design);
  const common = { cropMarks, bleedMm, startAt, copies };
  if (sheet.kind === 'single') {
    const edgeMm = bleedMm + (cropMarks ? CROP_MARK.gapMm + CROP_MARK.lengthMm : 0);
    return planned({
      ...common,
      isSinglePage: true,
      startAt: 1,
      pageWidthMm: design.sizeMm + 2 * edgeMm,
      pageHeightMm: heightMm + 2 * edgeMm,
      columns: 1,
      rows: 1,
      leftMm: edgeMm,
      topMm: edgeMm,
      labelWidthMm: design.sizeMm,
      labelHeightMm: heightMm,
      pitchXMm: design.sizeMm,
      pitchYMm: heightMm,
    });
  }
  const grid = sheet.kind === 'stock' ? stockGrid(sheet.stock) : customGrid(sheet);
  if (!grid) return { refusal: { reason: 'gridTooLarge', largestMm: 0 } };
  const layout: SheetLayout = { ...common, isSinglePage: false, ...grid };
  const { linesMm, perMm } = captionShare(design);
  const roomMm = Math.min(layout.labelWidthMm, (layout.labelHeightMm - linesMm) / (1 + perMm));
  const largestMm = Math.max(0, Math.floor(roomMm * 10 + 1e-6) / 10);
  if (layout.labelWidthMm <= 0 || layout.labelHeightMm <= 0) {
    return { refusal: { reason: 'gridTooLarge', largestMm } };
  }
  if (design.sizeMm > layout.labelWidthMm + EPSILON_MM || heightMm > layout.labelHeightMm + EPSILON_MM) {
    return { refusal: { reason: 'symbolTooLarge', largestMm } };
  }
  const gapMm = Math.min(
    layout.columns > 1 ? layout.pitchXMm - layout.labelWidthMm : Number.POSITIVE_INFINITY,
    layout.rows > 1 ? layout.pitchYMm - layout.labelHeightMm : Number.POSITIVE_INFINITY,
    2 * layout.leftMm,
    2 * layout.topMm,
  );
  if (2 * bleedMm > gapMm + EPSILON_MM) return { refusal: { reason: 'bleedTooWide', largestMm } };
  return planned(layout);
}

function planned(layout: SheetLayout): SheetPlan {
  return { layout, labelsPerPage: layout.columns * layout.rows };
}

type Grid = Omit<SheetLayout, 'cropMarks' | 'bleedMm' | 'startAt' | 'copies' | 'isSinglePage'>;

function stockGrid(id: string): Grid | null {
  const stock = findLabelStock(id);
  if (!stock) return null;
  const { id: _, page, ...grid } = stock;
  const { widthMm, heightMm } = pageSizes[page];
  return { ...grid, pageWidthMm: widthMm, pageHeightMm: heightMm };
}

function customGrid(sheet: Extract<SheetSettings, { kind: 'grid' }>): Grid {
  const { columns, rows, marginMm, gapMm } = sheet;
  const { widthMm, heightMm } = pageSizes[sheet.page];
  const labelWidthMm = (widthMm - 2 * marginMm - (columns - 1) * gapMm) / columns;
  const labelHeightMm = (heightMm - 2 * marginMm - (rows - 1) * gapMm) / rows;
  return {
    pageWidthMm: widthMm,
    pageHeightMm: heightMm,
    columns,
    rows,
    leftMm: marginMm,
    topMm: marginMm,
    labelWidthMm,
    labelHeightMm,
    pitchXMm: labelWidthMm + gapMm,
    pitchYMm: labelHeightMm + gapMm,
  };
}

/** How many pages so many codes take, the labels that were used before counted in. */
export function countSheet({ columns, rows, startAt, copies }: SheetLayout, codes: number): SheetCount {
  const labels = codes * copies;
  return { labels, pages: labels === 0 ? 0 : Math.ceil((labels + startAt - 1) / (columns * rows)) };
}

/** Top left corner of a label, from 0, in mm from the page's. */
export function labelPlace(layout: SheetLayout, index: number): { leftMm: number; topMm: number } {
  return {
    leftMm: layout.leftMm + (index % layout.columns) * layout.pitchXMm,
    topMm: layout.topMm + Math.floor(index / layout.columns) * layout.pitchYMm,
  };
}

/** A mark at both ends of every cut, outside of all labels, where it is never printed upon. */
export function cropMarkPlaces(layout: SheetLayout): SheetPlace[] {
  if (!layout.cropMarks) return [];
  const { columns, rows, leftMm, topMm, labelWidthMm, labelHeightMm, pitchXMm, pitchYMm, bleedMm } = layout;
  const { lengthMm, widthMm } = CROP_MARK;
  const away = bleedMm + CROP_MARK.gapMm;
  const right = leftMm + (columns - 1) * pitchXMm + labelWidthMm;
  const bottom = topMm + (rows - 1) * pitchYMm + labelHeightMm;
  const cutsOf = (start: number, pitch: number, length: number, count: number) =>
    Array.from({ length: count }, (_, at) => start + at * pitch).flatMap((from) => [from, from + length]);
  const upright = cutsOf(leftMm, pitchXMm, labelWidthMm, columns).flatMap((x) =>
    [topMm - away - lengthMm, bottom + away].map((y) => ({
      ...{ leftMm: x - widthMm / 2, topMm: y },
      ...{ widthMm, heightMm: lengthMm },
    })),
  );
  const flat = cutsOf(topMm, pitchYMm, labelHeightMm, rows).flatMap((y) =>
    [leftMm - away - lengthMm, right + away].map((x) => ({
      ...{ leftMm: x, topMm: y - widthMm / 2 },
      ...{ widthMm: lengthMm, heightMm: widthMm },
    })),
  );
  return [...upright, ...flat];
}
