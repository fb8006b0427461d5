import { FIELD_HEADER_BYTES, LOCAL_HEADER_BYTES, MAX_EXTRA_BYTES, writeLocalHeader } from './records';

/** Whether an entry of these lengths goes into a slot. */
export function fitsSlot(slotBytes: number, nameBytes: number, dataBytes: number): boolean {
  return slotBytes >= LOCAL_HEADER_BYTES + nameBytes + FIELD_HEADER_BYTES + dataBytes;
}

/**
 * Writes header and data of one entry into its slot.
 *
 * The header is padded so that the data end with the slot. A field holds 64 KB at most: where large files of one export
 * differ by more, the rest stays empty behind the data. The directory says where each entry begins, and readers without one
 * look for the next header.
 *
 * @param into  zeros, as long as the slot
 * @throws RangeError  see `fitsSlot`
 */
export function writeSlot(
  into: Uint8Array,
  entry: { name: Uint8Array; crc32: number; modifiedAt: Date },
  data: Uint8Array,
): void {
  const longest = LOCAL_HEADER_BYTES + entry.name.length + MAX_EXTRA_BYTES;
  const headerBytes = Math.min(into.length - data.length, longest);
  writeLocalHeader(into, { ...entry, dataBytes: data.length }, headerBytes);
  into.set(data, headerBytes);
}
