import 'server-only';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Keeps what was checked in a file until it is known that all of it is right: 100,000 rows are never in memory together.
 *
 * Dispose of it (`close`), whatever happens.
 */
export async function openRowSpool<Row>() {
  let place: { folder: string; file: FileHandle } | null = null;

  async function openFile(): Promise<FileHandle> {
    if (place === null) {
      const folder = await mkdtemp(path.join(tmpdir(), 'qudao-rows-'));
      place = { folder, file: await open(path.join(folder, 'rows'), 'a+', 0o600) };
    }
    return place.file;
  }

  return {
    async write(rows: Row[]): Promise<void> {
      await (await openFile()).appendFile(`${JSON.stringify(rows)}\n`);
    },
    async *read(): AsyncGenerator<Row[]> {
      if (place === null) return;
      const lines = createInterface({ input: createReadStream(path.join(place.folder, 'rows'), 'utf8') });
      for await (const line of lines) yield JSON.parse(line) as Row[];
    },
    async close(): Promise<void> {
      await place?.file.close();
      if (place) await rm(place.folder, { recursive: true, force: true });
    },
  };
}

export type RowSpool<Row> = Awaited<ReturnType<typeof openRowSpool<Row>>>;
