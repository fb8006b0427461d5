/**
 * The records of a ZIP whose entries are stored, not deflated: symbols are packed already.
 *
 * Every record is padded to a given length by an extra field of its own, so that its place follows from its number alone.
 * A reader passes over extra fields that it does not know. (APPNOTE.TXT 6.3.10, 4.3 to 4.5.)
 */

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END = 0x06054b50;
const ZIP64_END = 0x06064b50;
const ZIP64_LOCATOR = 0x07064b50;

const ZIP64_FIELD = 0x0001;
/** "Android ZIP Alignment Extra Field": what other writers too use to move what follows to a wanted place. */
const PADDING_FIELD = 0xd935;

/** 2.0: folders and deflate, the least that readers know; 4.5: ZIP64. Made on Unix, so that names are what they say. */
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
const MADE_ON_UNIX = 3 << 8;
/** Bit 11: the name is UTF-8. */
const FLAGS = 1 << 11;
/** -rw-r--r-- of a plain file. */
const UNIX_MODE = (0o100644 << 16) >>> 0;

const UINT32_MAX = 0xffffffff;
const UINT16_MAX = 0xffff;

export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER_BYTES = 46;
export const FIELD_HEADER_BYTES = 4;
export const ZIP64_OFFSET_FIELD_BYTES = FIELD_HEADER_BYTES + 8;
export const END_BYTES = 56 + 20 + 22;
/** The longest extra field, header included. */
export const MAX_EXTRA_BYTES = UINT16_MAX;

export type EntryFacts = {
  /** UTF-8. */
  readonly name: Uint8Array;
  readonly dataBytes: number;
  readonly crc32: number;
  readonly modifiedAt: Date;
};

/**
 * Writes a local header that takes exactly `headerBytes`, name and padding included.
 *
 * @throws RangeError  the padding would be shorter than a field's header, or longer than a field may be
 */
export function writeLocalHeader(into: Uint8Array, entry: EntryFacts, headerBytes: number): void {
  const view = viewOf(into);
  const extraBytes = requirePadding(headerBytes - LOCAL_HEADER_BYTES - entry.name.length);
  view.setUint32(0, LOCAL_HEADER, true);
  view.setUint16(4, VERSION_PLAIN, true);
  writeShared(view, 6, entry);
  view.setUint16(26, entry.name.length, true);
  view.setUint16(28, extraBytes, true);
  into.set(entry.name, LOCAL_HEADER_BYTES);
  writePadding(into, LOCAL_HEADER_BYTES + entry.name.length, extraBytes);
}

/** Writes a record of the central directory that takes exactly `recordBytes`. @throws RangeError  as above */
export function writeCentralRecord(
  into: Uint8Array,
  entry: EntryFacts,
  { offset, recordBytes }: { offset: number; recordBytes: number },
): void {
  const view = viewOf(into);
  const isFar = offset >= UINT32_MAX;
  const extraBytes = recordBytes - CENTRAL_HEADER_BYTES - entry.name.length;
  view.setUint32(0, CENTRAL_HEADER, true);
  view.setUint16(4, MADE_ON_UNIX | VERSION_ZIP64, true);
  view.setUint16(6, isFar ? VERSION_ZIP64 : VERSION_PLAIN, true);
  writeShared(view, 8, entry);
  view.setUint16(28, entry.name.length, true);
  view.setUint16(30, extraBytes, true);
  view.setUint32(38, UNIX_MODE, true);
  view.setUint32(42, isFar ? UINT32_MAX : offset, true);
  into.set(entry.name, CENTRAL_HEADER_BYTES);
  let at = CENTRAL_HEADER_BYTES + entry.name.length;
  if (isFar) {
    view.setUint16(at, ZIP64_FIELD, true);
    view.setUint16(at + 2, 8, true);
    view.setBigUint64(at + 4, BigInt(offset), true);
    at += ZIP64_OFFSET_FIELD_BYTES;
  }
  writePadding(into, at, requirePadding(recordBytes - at));
}

/** The three records that close a ZIP: always those of ZIP64 too, so that their length is known. */
export function writeEnd(place: { count: number; centralAt: number; centralBytes: number }): Uint8Array {
  const { count, centralAt, centralBytes } = place;
  const end = new Uint8Array(END_BYTES);
  const view = viewOf(end);
  view.setUint32(0, ZIP64_END, true);
  view.setBigUint64(4, BigInt(56 - 12), true);
  view.setUint16(12, MADE_ON_UNIX | VERSION_ZIP64, true);
  view.setUint16(14, VERSION_ZIP64, true);
  view.setBigUint64(24, BigInt(count), true);
  view.setBigUint64(32, BigInt(count), true);
  view.setBigUint64(40, BigInt(centralBytes), true);
  view.setBigUint64(48, BigInt(centralAt), true);

  view.setUint32(56, ZIP64_LOCATOR, true);
  view.setBigUint64(64, BigInt(centralAt + centralBytes), true);
  view.setUint32(72, 1, true);

  view.setUint32(76, END, true);
  view.setUint16(84, Math.min(count, UINT16_MAX), true);
  view.setUint16(86, Math.min(count, UINT16_MAX), true);
  view.setUint32(88, Math.min(centralBytes, UINT32_MAX), true);
  view.setUint32(92, Math.min(centralAt, UINT32_MAX), true);
  return end;
}

/** What both headers hold in the same order: flags, method 0, time, date, checksum and both sizes. */
function writeShared(view: DataView, at: number, { dataBytes, crc32, modifiedAt }: EntryFacts): void {
  view.setUint16(at, FLAGS, true);
  view.setUint16(at + 2, 0, true);
  view.setUint16(at + 4, dosTime(modifiedAt), true);
  view.setUint16(at + 6, dosDate(modifiedAt), true);
  view.setUint32(at + 8, crc32, true);
  view.setUint32(at + 12, dataBytes, true);
  view.setUint32(at + 16, dataBytes, true);
}

const dosTime = (at: Date) =>
  (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
const dosDate = (at: Date) =>
  ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();

function requirePadding(bytes: number): number {
  if (bytes >= FIELD_HEADER_BYTES && bytes <= MAX_EXTRA_BYTES) return bytes;
  throw new RangeError(`A padding of ${bytes} bytes is no extra field`);
}

function writePadding(into: Uint8Array, at: number, bytes: number): void {
  const view = viewOf(into);
  view.setUint16(at, PADDING_FIELD, true);
  view.setUint16(at + 2, bytes - FIELD_HEADER_BYTES, true);
  into.fill(0, at + FIELD_HEADER_BYTES, at + bytes);
}

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
  new DataView(buffer, byteOffset, byteLength);
