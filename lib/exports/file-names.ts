import { toSafeName } from '../print/format';
import type { ExportFacts } from './types';

/** Bytes of UTF-8 of a whole name, ending included. Windows and macOS allow some 250, with the folder before it. */
export const MAX_NAME_BYTES = 120;

export const namePartNames = ['label', 'campaign', 'channel', 'scene', 'n'] as const;
type NamePart = (typeof namePartNames)[number];

export const defaultNameTemplate = '{label}-{channel}-{scene}';

const placeholder = /\{([^{}]*)\}/g;
const isPart = (name: string): name is NamePart => namePartNames.some((part) => part === name);

/** The placeholders of a template that mean nothing, as they were written. */
export function unknownNameParts(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !isPart(name));
}

/**
 * Names the files of one export, one after the other: safe on Windows, macOS and Linux, at most 120 bytes, and no two the same,
 * whatever a file system thinks of letter case and of composed signs. The same codes in the same order get the same names.
 */
export class FileNames {
  // 53 bits of a name each, not the name: 100,000 take some 4 MB. Two names that meet here by chance cost a needless number.
  readonly #taken = new Set<number>();
  /** How far names that were wanted before are numbered, or as many alike would each be counted through. */
  readonly #copies = new Map<number, number>();

  constructor(
    readonly template: string,
    readonly extension: string,
  ) {
    this.take(['manifest.csv', 'merge.txt']);
  }

  /** Names that stand already, when the export goes on after a break. */
  take(names: Iterable<string>): void {
    for (const name of names) this.#taken.add(hash(name));
  }

  /** @param position  in the export, from 0 */
  next(facts: ExportFacts, position: number): string {
    const ending = `${facts.expires === '' ? '' : `_expires-${facts.expires.slice(0, 10)}`}.${this.extension}`;
    const values: Record<NamePart, string> = { ...facts, n: String(position + 1) };
    const wanted = this.template
      .replace(placeholder, (all, name: string) => (isPart(name) ? values[name] : all))
      // What an empty value leaves behind: `label--7`, `-7`.
      .replace(/([-_ ])\1+/g, '$1')
      .replace(/^[-_ ]+|[-_ ]+$/g, '');
    const wantedKey = hash(wanted);
    for (let copy = this.#copies.get(wantedKey) ?? 1; ; copy++) {
      const tail = copy === 1 ? ending : `-${copy}${ending}`;
      // One byte is left for the sign that toSafeName may put before the name of a device.
      const name = `${toSafeName(wanted, MAX_NAME_BYTES - Buffer.byteLength(tail) - 1)}${tail}`;
      const key = hash(name);
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      if (copy > 1) this.#copies.set(wantedKey, copy);
      return name;
    }
  }
}

/** As a file system that thinks the least of differences would read it: APFS and NTFS fold case, HFS+ decomposes. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

/** cyrb53: 53 bits, since a number of JavaScript holds no more. */
function hash(name: string): number {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (const sign of foldName(name)) {
    const code = sign.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
