import { short } from '../../qr';
import type { LogoPixels } from './logo-pixels';
import { mmToPoints, paintPicture } from './paint';
import type { Picture } from './picture';

/** PostScript procedures under the names that a PDF has for the same, so that both formats hold the same lines. */
const PROLOG = [
  '/m { moveto } bind def',
  '/l { lineto } bind def',
  '/c { curveto } bind def',
  '/h { closepath } bind def',
  '/re { 4 2 roll moveto exch dup 0 rlineto exch 0 exch rlineto neg 0 rlineto closepath } bind def',
  '/f { fill } bind def',
  '/k { setcmykcolor } bind def',
  '/rg { setrgbcolor } bind def',
  '/q { gsave } bind def',
  '/Q { grestore } bind def',
  '/cm { 6 array astore concat } bind def',
];

/**
 * One symbol as an EPS of language level 2: paths, black as 100 % K, a logo as RGB pixels in hexadecimal.
 *
 * Adobe Technical Note 5002 (EPSF 3.0): the bounding box in whole points, and exactly in HiResBoundingBox.
 */
export function writeEps(picture: Picture, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  const widthPt = mmToPoints(picture.side * picture.moduleMm);
  const heightPt = mmToPoints(picture.height * picture.moduleMm);
  const [width, height] = [short(widthPt, 4), short(heightPt, 4)];
  const lines = [
    '%!PS-Adobe-3.0 EPSF-3.0',
    '%%Creator: Qudao',
    `%%Title: ${asciiTitle(picture.title)}`,
    // Of what is written: 38.1 mm are 108 points, and not the last bit of a product more.
    `%%BoundingBox: 0 0 ${Math.ceil(Number(width))} ${Math.ceil(Number(height))}`,
    `%%HiResBoundingBox: 0 0 ${width} ${height}`,
    '%%LanguageLevel: 2',
    '%%Pages: 1',
    '%%EndComments',
    '%%BeginProlog',
    '20 dict begin',
    ...PROLOG,
    ...(logo ? [logoProcedure(logo)] : []),
    '%%EndProlog',
    '%%Page: 1 1',
    paintPicture(picture, { leftPt: 0, topPt: heightPt }, logo ? 'Logo' : '').trimEnd(),
    'end',
    '%%EOF',
    '',
  ];
  return new TextEncoder().encode(lines.join('\n'));
}

/** Comments of a PostScript file are ASCII and end with the line. */
function asciiTitle(title: string | null): string {
  return (title ?? 'symbol').replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

/**
 * The pixels stand in strings of the prolog, a row each, and the image asks for one after another: no data stand among the
 * operators.
 */
function logoProcedure({ sidePx, rgb }: LogoPixels): string {
  const rows = Array.from({ length: sidePx }, (_, y) =>
    `<${Buffer.from(rgb.subarray(y * sidePx * 3, (y + 1) * sidePx * 3)).toString('hex')}>`.replace(
      /.{240}/g,
      '$&\n',
    ),
  );
  return [
    `/LogoRows [\n${rows.join('\n')}\n] def`,
    '/Logo { /LogoRow 0 def /DeviceRGB setcolorspace',
    `<< /ImageType 1 /Width ${sidePx} /Height ${sidePx} /BitsPerComponent 8 /Decode [0 1 0 1 0 1]`,
    `/ImageMatrix [${sidePx} 0 0 -${sidePx} 0 ${sidePx}]`,
    '/DataSource { LogoRows LogoRow get /LogoRow LogoRow 1 add def } >> image } bind def',
  ].join('\n');
}
