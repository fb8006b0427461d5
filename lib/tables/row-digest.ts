import 'server-only';
import { createHash } from 'node:crypto';

/** What makes a row the same row when its file comes again: 128 bits, as a UUID. */
export function rowDigest(...parts: string[]): string {
  const hex = createHash('sha256').update(parts.join('\0')).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
