/** One byte a cell, row by row, 1 is dark; the quiet zone is a part of it. What a file shows when it is read back. */
export type SymbolRaster = { readonly side: number; readonly cells: Uint8Array };

/** A file that does not show what a print file must; the message says where. */
export class ReadBackError extends Error {
  override readonly name = 'ReadBackError';
}
