import sharp from 'sharp';
import { drawPoster } from '../posters/draw-poster';
import { renderPage } from '../posters/render-page';
import type { PosterDrawing } from '../posters/types';
import type { Drawing, PieceItem } from './drawing';

export type PosterPictureRequest = { drawing: Drawing & { poster: PosterDrawing }; item: PieceItem };
export type PosterPictureAnswer =
  | { outcome: 'drawn'; jpeg: Uint8Array }
  | { outcome: 'unreadable' | 'outOfBounds'; why: string };

/** As large as it is shown beside the form, on a screen of twice the pixels. */
const LONG_SIDE_PX = 900;

/** One finished poster as a picture, from the very file that would be printed. Runs in a thread of its own. */
export async function drawPosterPicture({
  drawing: { poster, design, logo },
  item,
}: PosterPictureRequest): Promise<PosterPictureAnswer> {
  const answer = await drawPoster(poster, { design, logo }, item);
  if (answer.outcome === 'refused') return { outcome: 'outOfBounds', why: JSON.stringify(answer.refusal) };
  if (answer.outcome === 'unreadable') return answer;
  const { pixels, width, height } = await renderPage(answer.bytes, LONG_SIDE_PX);
  const raw = { width, height, channels: 4 } as const;
  const jpeg = await sharp(pixels, { raw })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80 })
    .toBuffer();
  return { outcome: 'drawn', jpeg: new Uint8Array(jpeg) };
}
