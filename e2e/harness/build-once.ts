import { buildIfStale } from '../../scripts/serve/build';

/** Two specs that start at once would build at once. */
export default async function buildOnce(): Promise<void> {
  await buildIfStale((line) => console.log(line));
}
