/** How much of a symbol may be lost and still be read: about 7, 15, 25 and 30 %. */
export const errorCorrections = ['L', 'M', 'Q', 'H'] as const;
export type ErrorCorrection = (typeof errorCorrections)[number];

/**
 * A QR symbol without its quiet zone.
 *
 * `cells` holds `size × size` bytes, row by row from the top left: 1 is dark, 0 is light. `size` is 17 + 4 × `version`.
 */
export type QrMatrix = {
  readonly size: number;
  readonly version: number;
  readonly errorCorrection: ErrorCorrection;
  readonly cells: Uint8Array;
};

/** The narrowest quiet zone that a reader may rely on, in modules on every side (ISO/IEC 18004, 5.3.8). */
export const QUIET_ZONE_MODULES = 4;
