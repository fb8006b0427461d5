// Becomes dist/workers/poster-worker.mjs (scripts/build-workers.mjs).
export { takePoster as default } from './take-poster';
