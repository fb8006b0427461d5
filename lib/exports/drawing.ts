import type { PosterDrawing } from '../posters/types';
import type { LogoImage, PrintDesignSettings, PrintFormat } from '../print/design-types';
import type { SheetPageAnswer, SheetPageRequest } from '../print/draw-sheet-page';

/** Grows when the same design would give other bytes: what was made before can then not be made again. */
export const DRAWING_VERSION = 3;

/** What every file of an export is drawn with. */
export type Drawing = {
  format: PrintFormat;
  design: PrintDesignSettings;
  logo: LogoImage | null;
  /** The page that each symbol is set upon; left out: the symbol is the file. */
  poster?: PosterDrawing;
};

/** One file to draw, and what it is called in the ZIP. */
export type PieceItem = { fileName: string; url: string; caption: string | null; title: string };

export type PieceRequest = Drawing & {
  /** The place that each takes in the ZIP, in bytes; null: only their measures are wanted. */
  slotBytes: number | null;
  /** What the ZIP says of when a file was made: milliseconds since 1970. */
  modifiedAt: number;
  items: PieceItem[];
};

export type DrawnFile = {
  bytes: number;
  crc32: number;
  /** Hex. */
  sha256: string;
  /** What an independent reader found in the finished file. */
  decoded: string;
  captionLines: string[];
};

/** An error's class would be lost on the way from a thread, so a refusal is a value. */
export type PieceAnswer =
  | { outcome: 'drawn'; slots: Uint8Array<ArrayBuffer> | null; files: DrawnFile[] }
  | { outcome: 'tooLong'; bytes: number }
  | { outcome: 'unreadable' | 'outOfBounds'; why: string };

/** Some pages of labels to draw. */
export type SheetPagesRequest = Omit<SheetPageRequest, 'labels'> & { pages: SheetPageRequest['labels'][] };

/** `crc32`, `sha256`: of the page's packed content, hex. */
export type DrawnPage = Extract<SheetPageAnswer, { outcome: 'drawn' }> & { crc32: number; sha256: string };
export type SheetPagesAnswer =
  | { outcome: 'drawn'; pages: DrawnPage[] }
  | Exclude<SheetPageAnswer, { outcome: 'drawn' }>;
