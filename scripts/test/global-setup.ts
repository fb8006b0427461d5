import { buildWorkers } from '../build-workers.mjs';

/** What `npm start` builds before it serves, and code under test looks for in its place. */
export default async function setUp(): Promise<void> {
  await buildWorkers();
}
