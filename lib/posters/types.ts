export const lineAlignments = ['left', 'centre', 'right'] as const;
export type LineAlignment = (typeof lineAlignments)[number];

/** Where the code and the shop's name stand. Lengths in mm from the page's top left corner. */
export type PosterPlacement = {
  /** The outer square of the symbol, quiet zone included. */
  code: { leftMm: number; topMm: number; sizeMm: number };
  /** A patch in the design's background under the symbol; without it the poster itself must be as light. */
  hasPatch: boolean;
  line: {
    leftMm: number;
    topMm: number;
    widthMm: number;
    /** Height of the letters, as a type size. */
    textMm: number;
    align: LineAlignment;
    colour: string;
    template: string;
  } | null;
};

export type PosterDto = {
  id: string;
  accountId: string;
  name: string;
  widthMm: number;
  heightMm: number;
  placement: PosterPlacement;
  createdAt: string;
  createdBy: string;
};

/** Objects of the kept page that are written anew for each code, and where the file of it ends. */
export type PosterAnchors = {
  root: number;
  info: number;
  page: number;
  /** The page's own object, without its MediaBox. */
  pageBody: string;
  overlay: number;
  logo: number;
  font: number;
  proc: number;
  /** Objects in the file, and where its table of them begins. */
  size: number;
  tableAt: number;
};

/** All that a page with a code is made from. */
export type PosterDrawing = {
  id: string;
  base: Uint8Array;
  anchors: PosterAnchors;
  widthMm: number;
  heightMm: number;
  placement: PosterPlacement;
};

/** Why an upload is no poster; `fields.CODE` of the messages says it to the person. */
export type PosterRefusal =
  | { code: 'posterFormat' }
  | { code: 'posterBroken' }
  | { code: 'posterEncrypted' }
  | { code: 'posterScripted' }
  | { code: 'posterPages'; pages: number }
  | { code: 'posterHiddenLayers' }
  | { code: 'posterSize'; min: number; max: number }
  | { code: 'posterPixels'; max: number };

export type PosterAnswer =
  | {
      outcome: 'taken';
      base: Uint8Array<ArrayBuffer>;
      anchors: PosterAnchors;
      widthMm: number;
      heightMm: number;
      preview: Uint8Array<ArrayBuffer>;
    }
  | { outcome: 'refused'; refusal: PosterRefusal };
