import {
  checkPrintSize,
  encodeSymbol,
  printGeometry,
  ReadBackError,
  type SizeRefusal,
  writeSvg,
} from '../qr';
import { writePng } from '../qr/png';
import { proveFile } from './prove-file';
import type { DrawRequest } from './schemas';

/** What crosses back from a worker: an error's class would be lost on the way, so a refusal is a value. */
export type DrawAnswer =
  | {
      outcome: 'drawn';
      bytes: Uint8Array<ArrayBuffer>;
      sidePx: number;
      version: number;
      modules: number;
      text: string;
    }
  | { outcome: 'outOfBounds'; refusal: SizeRefusal }
  | { outcome: 'unreadable'; why: string };

/** Draws one symbol and reads its file back. Runs in a worker thread; `drawSymbol` is the way in. */
export async function drawAndProve(request: DrawRequest): Promise<DrawAnswer> {
  const { sizeMm, dotsPerInch, quietZoneModules, errorCorrection, format } = request;
  const matrix = encodeSymbol(request.url, errorCorrection);
  const refusal = checkPrintSize({
    sizeMm,
    dotsPerInch: format === 'png' ? dotsPerInch : null,
    ec: errorCorrection,
    quietZoneModules,
    modules: matrix.size,
  });
  if (refusal) return { outcome: 'outOfBounds', refusal };

  const bytes =
    format === 'png'
      ? writePng(matrix, { sizeMm, dotsPerInch, quietZoneModules })
      : new TextEncoder().encode(writeSvg(matrix, { sizeMm, quietZoneModules, title: request.title }));
  const geometry = printGeometry({ sizeMm, dotsPerInch, quietZoneModules, modules: matrix.size });
  try {
    const text = await proveFile(bytes, request, geometry);
    const { sidePx } = geometry;
    return { outcome: 'drawn', bytes, sidePx, version: matrix.version, modules: matrix.size, text };
  } catch (error) {
    if (error instanceof ReadBackError) return { outcome: 'unreadable', why: error.message };
    throw error;
  }
}
