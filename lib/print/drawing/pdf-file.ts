import type { LogoPixels } from './logo-pixels';
import { mmToPoints, paintPicture } from './paint';
import {
  PdfNumbering,
  pageBoxes,
  pdfBody,
  pdfInfo,
  pdfLogo,
  pdfStream,
  searchableCaption,
  searchFontObjects,
} from './pdf-objects';
import type { Picture } from './picture';

/** One symbol as a PDF page of exactly its own size: paths, black as 100 % K, captions outlined and findable. */
export function writePdf(picture: Picture, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  const widthMm = picture.side * picture.moduleMm;
  const heightMm = picture.height * picture.moduleMm;
  const place = { leftPt: 0, topPt: mmToPoints(heightMm) };
  const content = paintPicture(picture, place, logo ? '/Logo Do' : '') + searchableCaption(picture, place);
  const fonts = picture.caption ? '/Font << /F 6 0 R >> ' : '';
  const images = logo ? '/XObject << /Logo 8 0 R >> ' : '';

  const pdf = new PdfNumbering();
  return new Uint8Array(
    Buffer.concat([
      pdf.header(),
      pdf.object(1, pdfBody('<< /Type /Catalog /Pages 2 0 R >>')),
      pdf.object(2, pdfBody('<< /Type /Pages /Kids [3 0 R] /Count 1 >>')),
      pdf.object(
        3,
        pdfBody(
          `<< /Type /Page /Parent 2 0 R ${pageBoxes(widthMm, heightMm)} /Contents 4 0 R ` +
            `/Resources << ${fonts}${images}>> >>`,
        ),
      ),
      pdf.object(4, pdfStream(content)),
      pdf.object(5, pdfInfo(picture.title)),
      ...(picture.caption
        ? [pdf.object(6, searchFontObjects.font(7)), pdf.object(7, searchFontObjects.proc())]
        : []),
      ...(logo ? [pdf.object(8, pdfLogo(logo))] : []),
      pdf.end(5),
    ]),
  );
}
