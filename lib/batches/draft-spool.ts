import 'server-only';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { CodeDraft } from '../codes/make-codes';

/**
 * Keeps what was checked in a file until it is known that all of it is right: 100,000 rows are never in memory together.
 *
 * Dispose of it (`close`), whatever happens.
 */
export async function openDraftSpool() {
  let place: { folder: string; file: FileHandle } | null = null;

  async function openFile(): Promise<FileHandle> {
    if (place === null) {
      const folder = await mkdtemp(path.join(tmpdir(), 'qudao-batch-'));
      place = { folder, file: await open(path.join(folder, 'drafts'), 'a+', 0o600) };
    }
    return place.file;
  }

  return {
    async write(drafts: CodeDraft[]): Promise<void> {
      await (await openFile()).appendFile(`${JSON.stringify(drafts)}\n`);
    },
    async *read(): AsyncGenerator<CodeDraft[]> {
      if (place === null) return;
      const lines = createInterface({ input: createReadStream(path.join(place.folder, 'drafts'), 'utf8') });
      for await (const line of lines) yield JSON.parse(line) as CodeDraft[];
    },
    async close(): Promise<void> {
      await place?.file.close();
      if (place) await rm(place.folder, { recursive: true, force: true });
    },
  };
}

export type DraftSpool = Awaited<ReturnType<typeof openDraftSpool>>;
