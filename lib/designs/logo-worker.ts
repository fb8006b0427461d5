import { rasteriseLogo, refuseNetwork } from './rasterise-logo';

// Becomes dist/workers/logo-worker.mjs, as draw-worker.ts does.
refuseNetwork();

export default rasteriseLogo;
