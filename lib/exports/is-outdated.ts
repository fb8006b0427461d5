import { DRAWING_VERSION } from './drawing';
import type { ExportRow } from './store';

/** Sheets are kept as they are; a ZIP is made again, which only the drawing can that it was made by. */
export function isOutdated({ shape, drawingVersion }: Pick<ExportRow, 'shape' | 'drawingVersion'>): boolean {
  return shape === 'zip' && drawingVersion !== DRAWING_VERSION;
}
