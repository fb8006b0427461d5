const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** Of base64, those whose last two bits are zero. */
const lastOfKey = 'AEIMQUYcgkosw048';

/** 32 letters and digits. */
export function generateToken(): string {
  return draw(letters, 32);
}

/**
 * 43 letters and digits. The last carries no spare bits: strict decoders of base64, common in Java, refuse a key that has
 * some, though WeChat hands such keys out.
 */
export function generateEncodingAesKey(): string {
  return draw(letters, 42) + draw(lastOfKey, 1);
}

function draw(from: string, length: number): string {
  // Bytes beyond the last whole multiple would make the first letters likelier.
  const bound = 256 - (256 % from.length);
  let drawn = '';
  while (drawn.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(64))) {
      if (byte < bound && drawn.length < length) drawn += from[byte % from.length];
    }
  }
  return drawn;
}
