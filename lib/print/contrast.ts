/** The least that a reader may rely on, by relative luminance. */
export const LEAST_CONTRAST = 4;

/** From here on a scanner under a poor lamp has something in hand. */
export const GOOD_CONTRAST = 7;

export type Rgb = { red: number; green: number; blue: number };

/** @param colour  `#rrggbb` */
export function toRgb(colour: string): Rgb {
  const value = Number.parseInt(colour.slice(1), 16);
  return { red: value >> 16, green: (value >> 8) & 0xff, blue: value & 0xff };
}

/** Relative luminance, 0 to 1 (WCAG 2.2, from sRGB). */
export function luminance(colour: string): number {
  const { red, green, blue } = toRgb(colour);
  const linear = (value: number) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Contrast of dark on light, 1 to 21; below 1 when the foreground is the lighter of the two. */
export function contrastRatio(foreground: string, background: string): number {
  return (luminance(background) + 0.05) / (luminance(foreground) + 0.05);
}

/** Red, orange and yellow: a laser or a phone under red light sees them as white. */
export function isWarm(colour: string): boolean {
  const { red, green, blue } = toRgb(colour);
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  return most === red && spread > 60 && blue <= green + spread * 0.34;
}
