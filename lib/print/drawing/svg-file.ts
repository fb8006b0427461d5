import { escapeXml, outlineToSvgPath, short, symbolPathAt } from '../../qr';
import { writeShadedPng } from '../../qr/png';
import type { LogoPixels } from './logo-pixels';
import type { Picture } from './picture';

/**
 * One symbol as an SVG: millimetres outside, modules inside, the whole symbol one path, the logo embedded, the caption outlined
 * and named by aria-label; no clip-path, no style, no text that a font would have to be there for.
 */
export function writeDesignSvg(picture: Picture, logo: LogoPixels | null): Uint8Array<ArrayBuffer> {
  const { design, side, height, moduleMm, matrix, symbol, caption, logoBox } = picture;
  const isSquare = design.moduleShape === 'square' && design.finderStyle === 'square';
  const path = isSquare ? symbolPathAt(matrix, design.quietZoneModules) : outlineToSvgPath(symbol);
  const crisp = isSquare ? ' shape-rendering="crispEdges"' : '';
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${short(side * moduleMm)}mm" height="${short(height * moduleMm)}mm"` +
      ` viewBox="0 0 ${side} ${short(height)}">`,
    ...(picture.title ? [`<title>${escapeXml(picture.title)}</title>`] : []),
    `<rect width="${side}" height="${short(height)}" fill="${design.background}"/>`,
    `<path fill="${design.foreground}"${crisp} d="${path}"/>`,
  ];
  if (logo && logoBox) {
    const png = Buffer.from(
      writeShadedPng({ width: logo.sidePx, height: logo.sidePx, channels: 3, data: logo.rgb }),
    );
    lines.push(
      `<image x="${short(logoBox.left)}" y="${short(logoBox.top)}" width="${short(logoBox.side)}"` +
        ` height="${short(logoBox.side)}" preserveAspectRatio="none" xlink:href="data:image/png;base64,${png.toString('base64')}"/>`,
    );
  }
  if (caption) {
    const text = caption.lines.map((line) => line.text).join(' ');
    lines.push(
      `<path role="img" aria-label="${escapeXml(text)}" fill="${design.foreground}" d="${outlineToSvgPath(caption.outline)}"/>`,
    );
  }
  return new TextEncoder().encode(`${lines.join('\n')}\n</svg>\n`);
}
