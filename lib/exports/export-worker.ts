// Becomes dist/workers/export-worker.mjs (scripts/build-workers.mjs).
import { setPriority } from 'node:os';

// On Linux this is of the thread alone: all cores work on exports, and whoever asks for a page goes first.
if (process.platform === 'linux') setPriority(0, 15);

export { drawPiece as default } from './draw-piece';
export { drawPosterPicture } from './draw-poster-picture';
export { drawSheetPages } from './draw-sheet-pages';
