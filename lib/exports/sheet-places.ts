import type { SheetLayout } from '../print/sheet-types';

/** Which labels some pages hold, and which codes they are of. Counted from 0; `end…` is behind the last. */
export type PagesSpan = {
  firstLabel: number;
  endLabel: number;
  /** The code of the first label: begun on the page before when it is less than `from`. */
  firstItem: number;
  /** The first code that begins on these pages. */
  from: number;
  endItem: number;
};

/** How the codes of an export lie on its pages: each `copies` times side by side, from the label `startAt` of the first page on. */
export function placeOnSheets(
  { columns, rows, startAt, copies }: Pick<SheetLayout, 'columns' | 'rows' | 'startAt' | 'copies'>,
  total: number,
) {
  const perPage = columns * rows;
  const skipped = (startAt - 1) % perPage;
  const labels = skipped + total * copies;
  const itemOf = (label: number) => Math.floor((label - skipped) / copies);
  return {
    perPage,
    pages: Math.ceil(labels / perPage),
    itemOf,
    pageOf: (label: number) => Math.floor(label / perPage),
    span(firstPage: number, endPage: number): PagesSpan {
      const firstLabel = Math.max(skipped, firstPage * perPage);
      const endLabel = Math.min(labels, endPage * perPage);
      return {
        firstLabel,
        endLabel,
        firstItem: itemOf(firstLabel),
        from: Math.ceil((firstLabel - skipped) / copies),
        endItem: itemOf(endLabel - 1) + 1,
      };
    },
  };
}
