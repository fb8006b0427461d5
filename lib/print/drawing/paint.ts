import { type Outline, short } from '../../qr';
import { toRgb } from '../contrast';
import type { Picture } from './picture';

const POINTS_PER_MM = 72 / 25.4;

export const mmToPoints = (mm: number): number => mm * POINTS_PER_MM;

/**
 * The picture as operators of a PDF content stream. An EPS defines operators of the same names, so both hold the same lines.
 *
 * @param leftPt  of the picture's top left corner, from the page's bottom left
 * @param bleed   how far the background reaches over the picture, in modules
 * @param image   operator that paints the logo into the unit square; '' without a logo
 * @param hasGround  whether the background is painted under it; a light poster may carry the symbol itself
 */
export function paintPicture(
  picture: Picture,
  place: { leftPt: number; topPt: number },
  image: string,
  hasGround = true,
): string {
  const { design, side, height, moduleMm, symbol, caption, logoBox } = picture;
  const scale = mmToPoints(moduleMm);
  const lines = [
    'q',
    // y downward from here on, in modules.
    `${short(scale, 6)} 0 0 ${short(-scale, 6)} ${short(place.leftPt, 4)} ${short(place.topPt, 4)} cm`,
    ...(hasGround ? [colourOperator(design.background), `0 0 ${short(side)} ${short(height)} re f`] : []),
    colourOperator(design.foreground),
    `${outlineOperators(symbol)}f`,
  ];
  if (caption) lines.push(`${outlineOperators(caption.outline)}f`);
  if (logoBox && image !== '') {
    const { left, top, side: box } = logoBox;
    lines.push(`q ${short(box)} 0 0 ${short(-box)} ${short(left)} ${short(top + box)} cm ${image} Q`);
  }
  lines.push('Q', '');
  return lines.join('\n');
}

/** Black is one ink, 100 % K, and white none; other colours are left in RGB for the printer's own profile. */
export function colourOperator(colour: string): string {
  if (colour === '#000000') return '0 0 0 1 k';
  if (colour === '#ffffff') return '0 0 0 0 k';
  const { red, green, blue } = toRgb(colour);
  return `${[red, green, blue].map((part) => short(part / 255, 4)).join(' ')} rg`;
}

export function outlineOperators(outline: Outline): string {
  let text = '';
  for (let at = 0; at < outline.length; at++) {
    const step = outline[at];
    if (!step) continue;
    const rectangle = step.op === 'M' ? rectangleAt(outline, at) : null;
    if (rectangle) {
      text += rectangle;
      at += 4;
    } else if (step.op === 'Z') text += 'h\n';
    else if (step.op === 'C') {
      text += `${short(step.x1)} ${short(step.y1)} ${short(step.x2)} ${short(step.y2)} ${short(step.x)} ${short(step.y)} c\n`;
    } else text += `${short(step.x)} ${short(step.y)} ${step.op === 'M' ? 'm' : 'l'}\n`;
  }
  return text;
}

/** A rectangle as one operator, a third of the bytes; null when the next five steps are none. */
function rectangleAt(outline: Outline, at: number): string | null {
  const [a, b, c, d, close] = [0, 1, 2, 3, 4].map((i) => outline[at + i]);
  if (a?.op !== 'M' || b?.op !== 'L' || c?.op !== 'L' || d?.op !== 'L' || close?.op !== 'Z') return null;
  if (a.y !== b.y || b.x !== c.x || c.y !== d.y || d.x !== a.x) return null;
  return `${short(a.x)} ${short(a.y)} ${short(b.x - a.x)} ${short(c.y - a.y)} re\n`;
}
