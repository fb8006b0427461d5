import sharp from 'sharp';
import { posterBounds } from './poster-bounds';
import { renderPage } from './render-page';
import type { PosterAnswer, PosterRefusal } from './types';
import { PosterRefusedError, writeBase } from './write-base';

const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d];
const POINTS_PER_MM = 72 / 25.4;

/**
 * An uploaded poster as one PDF page of this app's own writing: its drawing is kept as it is, vectors, inks and fonts; scripts,
 * forms and notes are not. Runs in a worker thread.
 */
export async function takePoster(upload: Uint8Array): Promise<PosterAnswer> {
  try {
    const { base, anchors, widthPt, heightPt } = await writeBase(upload, kindOf(upload));
    const [widthMm, heightMm] = [widthPt / POINTS_PER_MM, heightPt / POINTS_PER_MM];
    const { min, max } = posterBounds.sideMm;
    if (Math.min(widthMm, heightMm) < min || Math.max(widthMm, heightMm) > max) {
      throw new PosterRefusedError({ code: 'posterSize', min, max });
    }
    const { pixels, width, height } = await renderPage(base, posterBounds.previewPx);
    const preview = await sharp(pixels, { raw: { width, height, channels: 4 } })
      .removeAlpha()
      .png({ compressionLevel: 7, palette: true, quality: 90 })
      .toBuffer();
    return { outcome: 'taken', base, anchors, widthMm, heightMm, preview: new Uint8Array(preview) };
  } catch (error) {
    const refusal: PosterRefusal =
      error instanceof PosterRefusedError ? error.refusal : { code: 'posterBroken' };
    return { outcome: 'refused', refusal };
  }
}

function kindOf(upload: Uint8Array): 'pdf' | 'png' | 'jpeg' {
  // Some programs write a few bytes before the head of a PDF; readers look for it in the first 1,024.
  const head = Buffer.from(upload.buffer, upload.byteOffset, Math.min(1_024, upload.length));
  if (head.indexOf(Buffer.from(PDF)) !== -1) return 'pdf';
  if (head.readUInt32BE(0) === 0x89504e47) return 'png';
  if (head.readUInt16BE(0) === 0xffd8) return 'jpeg';
  throw new PosterRefusedError({ code: 'posterFormat' });
}
