/** Label stocks by the number on the packet; the table with their measures is `label-stocks.ts`. */
export const sheetKinds = ['stock', 'grid', 'single'] as const;
export type SheetKind = (typeof sheetKinds)[number];

export const pageNames = ['a4', 'a3', 'sra3', 'letter'] as const;
export type PageSize = (typeof pageNames)[number];

export const pageSizes: Readonly<Record<PageSize, { widthMm: number; heightMm: number }>> = {
  a4: { widthMm: 210, heightMm: 297 },
  a3: { widthMm: 297, heightMm: 420 },
  /** What digital presses take: an A3 with room for bleed and marks. */
  sra3: { widthMm: 320, heightMm: 450 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
};

/**
 * A sheet as it is saved and asked for.
 *
 * `stock`: label paper of fixed measures. `grid`: so many columns and rows on a page, spread within a margin. `single`: one
 * page for each code, as large as the symbol with its caption, for a shop that imposes by itself.
 */
export type SheetSettings = (
  | { kind: 'stock'; stock: string }
  | { kind: 'grid'; page: PageSize; columns: number; rows: number; marginMm: number; gapMm: number }
  | { kind: 'single' }
) & {
  /** Crop marks at the corners of every label. */
  cropMarks: boolean;
  /** How far the background reaches over the edge that is cut, on every side; 0 to 5 mm. */
  bleedMm: number;
  /** The first label to print on, from 1: sheets that were begun are used up. */
  startAt: number;
  /** How many times each code is printed, side by side. */
  copies: number;
};

/** A sheet laid out: millimetres from the page's top left corner. */
export type SheetLayout = {
  /** The page is the label: what is cut is not the sheet but the label itself. */
  isSinglePage: boolean;
  pageWidthMm: number;
  pageHeightMm: number;
  columns: number;
  rows: number;
  /** Top left corner of the first label. */
  leftMm: number;
  topMm: number;
  labelWidthMm: number;
  labelHeightMm: number;
  /** From one label's left (top) edge to the next one's. */
  pitchXMm: number;
  pitchYMm: number;
  cropMarks: boolean;
  bleedMm: number;
  startAt: number;
  copies: number;
};

/** Why a design does not go onto a sheet; `largestMm` is the widest symbol that does (0: none). */
export type SheetRefusal = { reason: 'symbolTooLarge' | 'gridTooLarge' | 'bleedTooWide'; largestMm: number };

export type SheetPlan = { layout: SheetLayout; labelsPerPage: number } | { refusal: SheetRefusal };

/** Upright, in mm from the page's top left corner. */
export type SheetPlace = { leftMm: number; topMm: number; widthMm: number; heightMm: number };

/** How many pages so many codes take. */
export type SheetCount = { pages: number; labels: number };
