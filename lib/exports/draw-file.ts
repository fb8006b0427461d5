import { drawPoster } from '../posters/draw-poster';
import { drawAndProve } from '../print/draw-and-prove';
import type { Drawing, PieceItem } from './drawing';

export type FileAnswer =
  | { outcome: 'drawn'; bytes: Uint8Array; decoded: string; captionLines: string[] }
  | { outcome: 'unreadable' | 'outOfBounds'; why: string };

/** Draws one file and reads it back, in the thread at hand. */
export async function drawFile(
  { format, design, logo, poster }: Drawing,
  item: PieceItem,
): Promise<FileAnswer> {
  if (poster) {
    const answer = await drawPoster(poster, { design, logo }, item);
    return answer.outcome === 'refused'
      ? { outcome: 'outOfBounds', why: JSON.stringify(answer.refusal) }
      : answer;
  }
  const answer = await drawAndProve(item, { format, design, logo });
  switch (answer.outcome) {
    case 'drawn': {
      const { bytes, captionLines, proof } = answer;
      return { outcome: 'drawn', bytes, captionLines, decoded: proof.text };
    }
    case 'refused':
      return { outcome: 'outOfBounds', why: JSON.stringify(answer.refusal) };
    case 'unreadable':
      return answer;
  }
}
