import type { TableFile } from './read-table';

/** A file for tests, in pieces that cut through characters and rows. */
export function fileOf(content: string | Uint8Array, charset: string | null = null): TableFile {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    charset,
    name: 'shops.csv',
    async *open() {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    },
  };
}
