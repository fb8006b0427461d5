import encodeQR from 'qr';
import sharp from 'sharp';

export const PICTURE_SIZE = 430;
const SCALE = 10;

/** The symbol of a url as rows of modules, its quiet zone of 4 included. */
function modulesOf(url: string): boolean[][] {
  return encodeQR(url, 'raw', { ecc: 'medium', border: 4 });
}

/** The picture that showqrcode sends: a JPEG of 430 × 430 pixels, ten to a module. */
export async function drawJpeg(url: string): Promise<Buffer> {
  const modules = modulesOf(url);
  const side = modules.length * SCALE;
  const margin = Math.floor((PICTURE_SIZE - side) / 2);
  const pixels = Buffer.alloc(PICTURE_SIZE * PICTURE_SIZE, 255);
  for (let y = 0; y < side; y += 1) {
    const row = modules[Math.floor(y / SCALE)] ?? [];
    const start = (y + margin) * PICTURE_SIZE + margin;
    row.forEach((dark, column) => {
      if (dark) pixels.fill(0, start + column * SCALE, start + (column + 1) * SCALE);
    });
  }
  const raw = { width: PICTURE_SIZE, height: PICTURE_SIZE, channels: 1 as const };
  return sharp(pixels, { raw }).jpeg({ quality: 92 }).toBuffer();
}

/** The symbol as an SVG path for the page, one unit to a module. */
export function drawSvg(url: string, label: string): string {
  const modules = modulesOf(url);
  const side = modules.length;
  let path = '';
  modules.forEach((row, y) => {
    let from = -1;
    for (let x = 0; x <= row.length; x += 1) {
      if (row[x] && from === -1) from = x;
      if (row[x] || from === -1) continue;
      path += `M${from} ${y}h${x - from}v1h${from - x}z`;
      from = -1;
    }
  });
  return `<svg viewBox="0 0 ${side} ${side}" role="img" aria-label="${label}" shape-rendering="crispEdges"><rect width="${side}" height="${side}" fill="#fff"/><path fill="#1a1a18" d="${path}"/></svg>`;
}
