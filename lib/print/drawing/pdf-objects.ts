import { deflateSync } from 'node:zlib';
import { short } from '../../qr';
import type { LogoPixels } from './logo-pixels';
import { mmToPoints } from './paint';
import type { Picture } from './picture';

const encoder = new TextEncoder();

/** An object's body, between `n 0 obj` and `endobj`. */
export type PdfBody = Uint8Array;

export const pdfBody = (text: string): PdfBody => encoder.encode(text);

/** Sets the objects of a PDF down one after another, knowing at each moment where it stands. */
export class PdfNumbering {
  private readonly offsets = new Map<number, number>();

  /** @param at  where the first object comes to lie, when a part of the file stands already */
  constructor(private at = 0) {}

  /** Where the next object comes to lie. */
  get position(): number {
    return this.at;
  }

  /** Knows of an object that stands in a part already written. */
  placed(number: number, at: number): void {
    this.offsets.set(number, at);
  }

  /** Knows of the objects that another has set down in the same file. */
  adopt(other: PdfNumbering): void {
    for (const [number, at] of other.offsets) this.offsets.set(number, at);
  }

  header(): Uint8Array {
    // Four bytes above 127 tell a mail program that the file is not text.
    const bytes = Buffer.from('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n', 'latin1');
    this.at = bytes.length;
    return bytes;
  }

  object(number: number, body: PdfBody): Uint8Array {
    this.offsets.set(number, this.at);
    const bytes = Buffer.concat([encoder.encode(`${number} 0 obj\n`), body, encoder.encode('\nendobj\n')]);
    this.at += bytes.length;
    return bytes;
  }

  /** Cross-reference table and trailer; object 1 is the catalog. */
  end(infoNumber: number): Uint8Array {
    const count = Math.max(...this.offsets.keys()) + 1;
    const rows = Array.from({ length: count - 1 }, (_, at) => {
      const offset = this.offsets.get(at + 1);
      return offset === undefined
        ? '0000000000 65535 f \n'
        : `${String(offset).padStart(10, '0')} 00000 n \n`;
    });
    return encoder.encode(
      `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}` +
        `trailer\n<< /Size ${count} /Root 1 0 R /Info ${infoNumber} 0 R >>\nstartxref\n${this.at}\n%%EOF\n`,
    );
  }
}

export function pdfStream(data: Uint8Array | string, entries = ''): PdfBody {
  return pdfStreamOf(deflateSync(data, { level: 6 }), entries);
}

/** @param packed  deflated already */
export function pdfStreamOf(packed: Uint8Array, entries = ''): PdfBody {
  return Buffer.concat([
    encoder.encode(`<< ${entries}/Filter /FlateDecode /Length ${packed.length} >>\nstream\n`),
    packed,
    encoder.encode('\nendstream'),
  ]);
}

/** A text string of any script: UTF-16BE with its mark, in hexadecimal. */
export function pdfText(text: string): string {
  const bytes = Buffer.from(text, 'utf16le').swap16();
  return `<FEFF${bytes.toString('hex').toUpperCase()}>`;
}

export function pdfInfo(title: string | null): PdfBody {
  return pdfBody(`<< /Producer (Qudao)${title === null ? '' : ` /Title ${pdfText(title)}`} >>`);
}

/**
 * The boxes of a page: alike, unless it is cut smaller than it is printed.
 *
 * @param insets  of what is cut (trim) and of what is printed beyond it (bleed), from the page's edge, in mm
 */
export function pageBoxes(
  widthMm: number,
  heightMm: number,
  insets: { trimMm: number; bleedMm: number } = { trimMm: 0, bleedMm: 0 },
): string {
  const box = (insetMm: number) =>
    `[${[insetMm, insetMm, widthMm - insetMm, heightMm - insetMm]
      .map((mm) => short(mmToPoints(mm), 4))
      .join(' ')}]`;
  return `/MediaBox ${box(0)} /BleedBox ${box(insets.bleedMm)} /TrimBox ${box(insets.trimMm)}`;
}

export function pdfLogo({ sidePx, rgb }: LogoPixels): PdfBody {
  return pdfStream(
    rgb,
    `/Type /XObject /Subtype /Image /Width ${sidePx} /Height ${sidePx} /ColorSpace /DeviceRGB /BitsPerComponent 8 `,
  );
}

/**
 * The font that makes a caption findable. The visible letters are outlines; a program that looks for text needs a letter, so
 * each line also has one that paints nothing, from a font that lies in the file as an empty drawing: nothing to embed, nothing
 * to substitute. What it reads is said by ActualText (ISO 32000-1, 14.9.4).
 */
export const searchFontObjects = {
  font: (procNumber: number): PdfBody =>
    pdfBody(
      '<< /Type /Font /Subtype /Type3 /FontBBox [0 -288 1000 1160] /FontMatrix [0.001 0 0 0.001 0 0] ' +
        `/CharProcs << /blank ${procNumber} 0 R >> /Encoding << /Type /Encoding /Differences [32 /blank] >> ` +
        '/FirstChar 32 /LastChar 32 /Widths [1000] /Resources << >> >>',
    ),
  proc: (): PdfBody => pdfStream('1000 0 d0\n'),
};

/** The lines of a caption as text that is found and not seen; in the page's own points. */
export function searchableCaption(picture: Picture, place: { leftPt: number; topPt: number }): string {
  const { caption, moduleMm, design } = picture;
  if (!caption || !design.caption) return '';
  const scale = mmToPoints(moduleMm);
  const size = mmToPoints(design.caption.textMm);
  return caption.lines
    .map(({ text, left, baseline, width }) => {
      const stretch = ((width * scale) / size) * 100;
      const x = place.leftPt + left * scale;
      const y = place.topPt - baseline * scale;
      return (
        `/Span << /ActualText ${pdfText(text)} >> BDC\n` +
        `BT /F ${short(size)} Tf 3 Tr ${short(stretch)} Tz ${short(x)} ${short(y)} Td ( ) Tj ET\nEMC\n`
      );
    })
    .join('');
}
