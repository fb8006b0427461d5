/** Bundles the worker threads' files into dist/workers. */
export function buildWorkers(): Promise<void>;
