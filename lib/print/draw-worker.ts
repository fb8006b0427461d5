// Becomes dist/workers/draw-worker.mjs (scripts/build-workers.mjs): a server bundle cannot start a thread from TypeScript.
export { drawAndProve as default } from './draw-and-prove';
