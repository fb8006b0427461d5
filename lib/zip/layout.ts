import {
  CENTRAL_HEADER_BYTES,
  END_BYTES,
  FIELD_HEADER_BYTES,
  LOCAL_HEADER_BYTES,
  ZIP64_OFFSET_FIELD_BYTES,
} from './records';

/**
 * Where everything in a ZIP lies: entries in slots of one length, one last file, the directory, the end. All in bytes.
 *
 * Since a slot's place follows from its number, any range of the file can be made again without what stands before it.
 */
export type ZipLayout = {
  readonly count: number;
  readonly slotBytes: number;
  readonly lastAt: number;
  readonly lastHeaderBytes: number;
  readonly lastBytes: number;
  readonly centralAt: number;
  readonly centralRecordBytes: number;
  readonly endAt: number;
  readonly totalBytes: number;
};

/**
 * @param count         entries before the last file
 * @param maxDataBytes  the longest entry
 * @param maxNameBytes  the longest name in UTF-8, that of the last file included
 * @param lastBytes     the last file's length
 */
export function layOutZip(zip: {
  count: number;
  maxDataBytes: number;
  maxNameBytes: number;
  lastBytes: number;
}): ZipLayout {
  const { count, maxDataBytes, maxNameBytes, lastBytes } = zip;
  const lastHeaderBytes = LOCAL_HEADER_BYTES + maxNameBytes + FIELD_HEADER_BYTES;
  const slotBytes = lastHeaderBytes + maxDataBytes;
  const lastAt = count * slotBytes;
  const centralAt = lastAt + lastHeaderBytes + lastBytes;
  const centralRecordBytes =
    CENTRAL_HEADER_BYTES + maxNameBytes + ZIP64_OFFSET_FIELD_BYTES + FIELD_HEADER_BYTES;
  const endAt = centralAt + (count + 1) * centralRecordBytes;
  return {
    count,
    slotBytes,
    lastAt,
    lastHeaderBytes,
    lastBytes,
    centralAt,
    centralRecordBytes,
    endAt,
    totalBytes: endAt + END_BYTES,
  };
}
