/** What an uploaded logo may be. */
export const logoBounds = {
  /** Bytes of the upload. */
  maxBytes: 4_194_304,
  /** Pixels on a side of a PNG or JPEG. Unpacked, the largest takes 100 MB for the moment of its rasterising. */
  maxSidePx: 5_000,
  /** Pixels on a side as it is kept: 40 mm at 600 dpi, and a logo is a fraction of its symbol. */
  keptSidePx: 1_024,
  /** Bytes as it is kept; a picture that would take more is kept with fewer pixels. */
  maxKeptBytes: 2_097_152,
  /** Elements of an SVG, those that `use` repeats counted each time. */
  maxSvgElements: 20_000,
} as const;

/** What a file picker offers. */
export const logoContentTypes = ['image/png', 'image/jpeg', 'image/svg+xml'] as const;

/** Why an upload is no logo; `fields.CODE` of the messages says it to the person. */
export type LogoRefusal =
  | { code: 'logoFormat' }
  | { code: 'logoPixels'; widthPx: number; heightPx: number; max: number }
  | { code: 'logoBroken' }
  | { code: 'logoEmpty' }
  | { code: 'logoSvgScript' }
  | { code: 'logoSvgExternal' }
  | { code: 'logoSvgEntities' }
  | { code: 'logoSvgForeign' }
  | { code: 'logoSvgComplex'; max: number };

/** Thrown within the intake alone; `rasteriseLogo` turns it into a value, since a class does not cross threads. */
export class LogoRefusedError extends Error {
  override readonly name = 'LogoRefusedError';
  constructor(readonly refusal: LogoRefusal) {
    super(refusal.code);
  }
}
