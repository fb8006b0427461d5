import { createHash } from 'node:crypto';
import { crc32 } from '../qr/png-crc';
import { fitsSlot, writeSlot } from '../zip/slot';
import { drawFile } from './draw-file';
import type { DrawnFile, PieceAnswer, PieceRequest } from './drawing';

const encoder = new TextEncoder();

/** Draws some files of an export, reads each back, and lays them into their places in the ZIP. Runs in a thread of its own. */
export async function drawPiece(request: PieceRequest): Promise<PieceAnswer> {
  const { slotBytes, items } = request;
  const modifiedAt = new Date(request.modifiedAt);
  const slots = slotBytes === null ? null : new Uint8Array(slotBytes * items.length);
  const files: DrawnFile[] = [];
  for (const [at, item] of items.entries()) {
    const drawn = await drawFile(request, item);
    if (drawn.outcome !== 'drawn') return drawn;
    const { bytes, decoded, captionLines } = drawn;
    const sum = crc32(bytes);
    if (slots !== null && slotBytes !== null) {
      const name = encoder.encode(item.fileName);
      if (!fitsSlot(slotBytes, name.length, bytes.length)) return { outcome: 'tooLong', bytes: bytes.length };
      const slot = slots.subarray(at * slotBytes, (at + 1) * slotBytes);
      writeSlot(slot, { name, crc32: sum, modifiedAt }, bytes);
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ bytes: bytes.length, crc32: sum, sha256, decoded, captionLines });
  }
  return { outcome: 'drawn', slots, files };
}
