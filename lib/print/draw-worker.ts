// Becomes dist/workers/draw-worker.mjs (scripts/build-workers.mjs): a server bundle cannot start a thread from TypeScript.
export { drawAndProveAll } from './draw-and-prove';
export { drawSheetPage } from './draw-sheet-page';
export { gradeInWorker } from './grade-in-worker';
