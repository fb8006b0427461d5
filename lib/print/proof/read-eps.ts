import { ReadBackError } from '../../qr';
import type { PaintedPage } from './paints';
import { type EmbeddedImage, readContent } from './read-content';

const MM_PER_POINT = 25.4 / 72;

/** Reads back an EPS: its bounding box, and the operators between prolog and end. @throws ReadBackError */
export function readEps(file: Uint8Array): PaintedPage {
  const text = new TextDecoder().decode(file);
  const box = /^%%HiResBoundingBox: 0 0 ([\d.]+) ([\d.]+)$/m.exec(text);
  const body = /^%%Page: 1 1\n([\s\S]*)\nend\n%%EOF\n$/m.exec(text)?.[1];
  if (!text.startsWith('%!PS-Adobe-3.0 EPSF-3.0\n') || !box || body === undefined) {
    throw new ReadBackError('The file is not an EPS with its bounding box');
  }
  const [width, height] = [Number(box[1]), Number(box[2])];
  const whole = `%%BoundingBox: 0 0 ${Math.ceil(width)} ${Math.ceil(height)}\n`;
  if (!text.includes(whole)) throw new ReadBackError('The two bounding boxes differ');
  const images = new Map<string, EmbeddedImage>();
  const rows = /^\/LogoRows \[\n([\s\S]*?)\n\] def$/m.exec(text)?.[1];
  if (rows !== undefined) images.set('Logo', readRows(rows));
  return {
    widthMm: width * MM_PER_POINT,
    heightMm: height * MM_PER_POINT,
    ...readContent(body, height, images),
  };
}

function readRows(rows: string): EmbeddedImage {
  const rgb = Buffer.from(rows.replace(/[<>\s]/g, ''), 'hex');
  const sidePx = Math.sqrt(rgb.length / 3);
  if (!Number.isInteger(sidePx)) throw new ReadBackError('The logo is not square');
  return { sidePx, rgb };
}
