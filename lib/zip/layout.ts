import {
  CENTRAL_HEADER_BYTES,
  END_BYTES,
  FIELD_HEADER_BYTES,
  LOCAL_HEADER_BYTES,
  ZIP64_OFFSET_FIELD_BYTES,
} from './records';

/**
 * Where everything in a ZIP lies: entries in slots of one length, some last files, the directory, the end. All in bytes.
 *
 * Since a slot's place follows from its number, any range of the file can be made again without what stands before it.
 */
export type ZipLayout = {
  readonly count: number;
  readonly slotBytes: number;
  /** Where the first of the last files begins, with its header. */
  readonly lastAt: number;
  readonly lastHeaderBytes: number;
  /** `at`: its header; `bytes`: of its data. */
  readonly lasts: readonly { readonly at: number; readonly bytes: number }[];
  readonly centralAt: number;
  readonly centralRecordBytes: number;
  readonly endAt: number;
  readonly totalBytes: number;
};

/**
 * @param count         entries before the last files
 * @param maxDataBytes  the longest entry
 * @param maxNameBytes  the longest name in UTF-8, those of the last files included
 * @param lastBytes     the lengths of the last files
 */
export function layOutZip(zip: {
  count: number;
  maxDataBytes: number;
  maxNameBytes: number;
  lastBytes: readonly number[];
}): ZipLayout {
  const { count, maxDataBytes, maxNameBytes, lastBytes } = zip;
  const lastHeaderBytes = LOCAL_HEADER_BYTES + maxNameBytes + FIELD_HEADER_BYTES;
  const slotBytes = lastHeaderBytes + maxDataBytes;
  const lastAt = count * slotBytes;
  let centralAt = lastAt;
  const lasts = lastBytes.map((bytes) => {
    const at = centralAt;
    centralAt += lastHeaderBytes + bytes;
    return { at, bytes };
  });
  const centralRecordBytes =
    CENTRAL_HEADER_BYTES + maxNameBytes + ZIP64_OFFSET_FIELD_BYTES + FIELD_HEADER_BYTES;
  const endAt = centralAt + (count + lasts.length) * centralRecordBytes;
  return {
    count,
    slotBytes,
    lastAt,
    lastHeaderBytes,
    lasts,
    centralAt,
    centralRecordBytes,
    endAt,
    totalBytes: endAt + END_BYTES,
  };
}
