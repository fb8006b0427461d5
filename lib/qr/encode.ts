import encodeQR from 'qr';
import type { ErrorCorrection, QrMatrix } from './matrix';

export const levelNames = { L: 'low', M: 'medium', Q: 'quartile', H: 'high' } as const;

/** The package refuses a matrix without a border, so the thinnest one is asked for and left out. */
const BORDER = 1;

/**
 * Encodes a text as the smallest QR symbol that holds it at the level asked for.
 *
 * @param text             written as digits, upper-case alphanumerics or UTF-8 bytes, whichever is the smallest for the whole
 * @param errorCorrection  exactly this level; it is not raised when the symbol has room to spare
 * @throws RangeError  the text is empty, or longer than a version 40 symbol of this level holds (L 2,953 … H 1,273 bytes)
 *
 * Versions, masks and levels: ISO/IEC 18004.
 */
export function encodeSymbol(text: string, errorCorrection: ErrorCorrection): QrMatrix {
  if (text === '') throw new RangeError('A symbol needs a text of at least one character');
  const rows = encodeRows(text, errorCorrection);
  const size = rows.length - 2 * BORDER;
  const cells = new Uint8Array(size * size);
  let at = 0;
  for (const row of rows.slice(BORDER, -BORDER)) {
    for (let x = BORDER; x < size + BORDER; x++) cells[at++] = +(row[x] === true);
  }
  return { size, version: (size - 17) / 4, errorCorrection, cells };
}

function encodeRows(text: string, errorCorrection: ErrorCorrection): boolean[][] {
  try {
    return encodeQR(text, 'raw', { ecc: levelNames[errorCorrection], border: BORDER });
  } catch (cause) {
    throw new RangeError(
      `A text of ${text.length} characters does not fit a symbol of level ${errorCorrection}`,
      {
        cause,
      },
    );
  }
}
