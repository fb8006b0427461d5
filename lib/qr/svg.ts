import { type QrMatrix, QUIET_ZONE_MODULES } from './matrix';
import { symbolPathAt } from './path';

/**
 * Writes a QR symbol as an SVG for print: millimetres outside, modules inside, one path, no clip-path (Illustrator shows
 * clipped symbols as black squares), and a white ground that carries the quiet zone onto dark posters.
 *
 * @param sizeMm            outer width in millimetres, quiet zone included
 * @param quietZoneModules  4 or more on every side
 * @param title             any text; escaped, and shown by a browser as the file's name for a screen reader
 * @throws RangeError  a quiet zone below 4 modules, or a size that is not a positive number
 */
export function writeSvg(
  matrix: QrMatrix,
  options: { sizeMm: number; quietZoneModules: number; title?: string },
): string {
  const { sizeMm, quietZoneModules, title } = options;
  if (!Number.isInteger(quietZoneModules) || quietZoneModules < QUIET_ZONE_MODULES) {
    throw new RangeError(`A quiet zone has at least ${QUIET_ZONE_MODULES} modules, not ${quietZoneModules}`);
  }
  if (!(sizeMm > 0 && Number.isFinite(sizeMm)))
    throw new RangeError(`A size in mm is positive, not ${sizeMm}`);
  const side = matrix.size + 2 * quietZoneModules;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sizeMm}mm" height="${sizeMm}mm"` +
    ` viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    (title ? `<title>${escapeXml(title)}</title>` : '') +
    `<rect width="${side}" height="${side}" fill="#fff"/>` +
    `<path fill="#000" d="${symbolPathAt(matrix, quietZoneModules)}"/></svg>\n`
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// XML 1.0 has no way to write most control characters or a lone surrogate, escaped or not.
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export function escapeXml(text: string): string {
  return text.replace(unwritable, '\uFFFD').replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
