export const posterBounds = {
  /** Bytes of the upload. */
  maxBytes: 31_457_280,
  /** Of the page, in mm: what PDF and presses know. */
  sideMm: { min: 20, max: 5_080 },
  /** Pixels of a picture; unpacked, the largest takes 180 MB for the moment of its intake. */
  maxPixels: 60_000_000,
  previewPx: 1_400,
  /** Living posters of one account. */
  most: 100,
} as const;

export const posterContentTypes = ['application/pdf', 'image/png', 'image/jpeg'] as const;
