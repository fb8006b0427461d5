import { drawAndProve } from '../print/draw-and-prove';
import type { Drawing, PieceItem } from './drawing';

export type FileAnswer =
  | { outcome: 'drawn'; bytes: Uint8Array; decoded: string; captionLines: string[] }
  | { outcome: 'unreadable' | 'outOfBounds'; why: string };

/** Draws one file and reads it back, in the thread at hand. */
export async function drawFile({ format, design }: Drawing, item: PieceItem): Promise<FileAnswer> {
  if (format !== 'png' && format !== 'svg') return { outcome: 'outOfBounds', why: `${format} is not drawn` };
  const answer = await drawAndProve({ ...design, format, url: item.url, title: item.title });
  if (answer.outcome === 'drawn') {
    return { outcome: 'drawn', bytes: answer.bytes, decoded: answer.text, captionLines: [] };
  }
  if (answer.outcome === 'unreadable') return answer;
  return { outcome: 'outOfBounds', why: JSON.stringify(answer.refusal) };
}
