import { FIELD_HEADER_BYTES, LOCAL_HEADER_BYTES, MAX_EXTRA_BYTES, writeLocalHeader } from './records';

/** Whether an entry of these lengths goes into a slot: neither too long, nor so short that no padding fills it. */
export function fitsSlot(slotBytes: number, nameBytes: number, dataBytes: number): boolean {
  const padding = slotBytes - LOCAL_HEADER_BYTES - nameBytes - dataBytes;
  return padding >= FIELD_HEADER_BYTES && padding <= MAX_EXTRA_BYTES;
}

/**
 * Writes header and data of one entry, which fill `into` to its last byte.
 *
 * @throws RangeError  see `fitsSlot`
 */
export function writeSlot(
  into: Uint8Array,
  entry: { name: Uint8Array; crc32: number; modifiedAt: Date },
  data: Uint8Array,
): void {
  const headerBytes = into.length - data.length;
  writeLocalHeader(into, { ...entry, dataBytes: data.length }, headerBytes);
  into.set(data, headerBytes);
}
