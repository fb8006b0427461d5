import type { LogoImage, PrintDesignSettings } from './design-types';
import { logoPixels } from './drawing/logo-pixels';
import {
  type PdfNumbering,
  pageBoxes,
  pdfBody,
  pdfInfo,
  pdfLogo,
  pdfStreamOf,
  searchFontObjects,
} from './drawing/pdf-objects';
import { CROP_MARK } from './plan-sheet';
import type { SheetLayout } from './sheet-types';

/** What all pages of a file of sheets share. */
export type SheetFile = {
  layout: SheetLayout;
  design: PrintDesignSettings;
  logo: LogoImage | null;
  title: string | null;
};

/** Objects 1 to 6 are shared by all pages: catalog, pages, information, font, its drawing, logo. */
const FIRST_PAGE_OBJECT = 7;

/** The file's begin: everything that pages share. Alike for every run of the same file. */
export async function sheetHead(
  { design, logo, title }: SheetFile,
  pdf: PdfNumbering,
): Promise<Uint8Array[]> {
  return [
    pdf.header(),
    pdf.object(1, pdfBody('<< /Type /Catalog /Pages 2 0 R >>')),
    pdf.object(3, pdfInfo(title)),
    pdf.object(4, searchFontObjects.font(5)),
    pdf.object(5, searchFontObjects.proc()),
    ...(logo ? [pdf.object(6, pdfLogo(await logoPixels(logo, design.background, null)))] : []),
  ];
}

/** One page: its two objects. @param page  from 0; @param content  its operators, deflated */
export function sheetPage(
  { layout, logo }: SheetFile,
  page: number,
  content: Uint8Array,
  pdf: PdfNumbering,
): [Uint8Array, Uint8Array] {
  const [number, contentNumber] = pageObjects(page);
  const resources = `<< /Font << /F 4 0 R >> ${logo ? '/XObject << /Logo 6 0 R >> ' : ''}>>`;
  const dictionary = `<< /Type /Page /Parent 2 0 R ${sheetBoxes(layout)} /Contents ${contentNumber} 0 R /Resources ${resources} >>`;
  return [pdf.object(number, pdfBody(dictionary)), pdf.object(contentNumber, pdfStreamOf(content))];
}

/** The file's end: the list of its pages, and where every object lies. */
export function sheetEnd(pages: number, pdf: PdfNumbering): Uint8Array[] {
  const kids = Array.from({ length: pages }, (_, page) => `${pageObjects(page)[0]} 0 R`);
  return [
    pdf.object(2, pdfBody(`<< /Type /Pages /Count ${pages} /Kids [${kids.join('\n')}] >>`)),
    pdf.end(3),
  ];
}

/** The numbers of a page's objects: the page, and its content. */
export function pageObjects(page: number): [page: number, content: number] {
  const number = FIRST_PAGE_OBJECT + 2 * page;
  return [number, number + 1];
}

/** A sheet is cut by its marks and is itself the page; a single label's page is cut to the label. */
function sheetBoxes(layout: SheetLayout): string {
  const { pageWidthMm, pageHeightMm, isSinglePage, bleedMm, cropMarks } = layout;
  if (!isSinglePage) return pageBoxes(pageWidthMm, pageHeightMm);
  const marksMm = cropMarks ? CROP_MARK.gapMm + CROP_MARK.lengthMm : 0;
  return pageBoxes(pageWidthMm, pageHeightMm, { trimMm: bleedMm + marksMm, bleedMm: marksMm });
}
