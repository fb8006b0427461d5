import { createHash } from 'node:crypto';
import { drawSheetPage } from '../print/draw-sheet-page';
import { crc32 } from '../qr/png-crc';
import type { DrawnPage, SheetPagesAnswer, SheetPagesRequest } from './drawing';

/** Draws some pages of labels and reads every label back. Runs in a thread of its own. */
export async function drawSheetPages({ pages, ...request }: SheetPagesRequest): Promise<SheetPagesAnswer> {
  const drawn: DrawnPage[] = [];
  for (const labels of pages) {
    const answer = await drawSheetPage({ ...request, labels });
    if (answer.outcome !== 'drawn') return answer;
    const sha256 = createHash('sha256').update(answer.content).digest('hex');
    drawn.push({ ...answer, crc32: crc32(answer.content), sha256 });
  }
  return { outcome: 'drawn', pages: drawn };
}
