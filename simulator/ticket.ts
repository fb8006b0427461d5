import { randomBytes } from 'node:crypto';

export const QR_URL_PREFIX = 'http://weixin.qq.com/q/';

export type TicketContent = { url: string; createdAt: number; validity: number };

const thirdBytes = [0xee, 0xef, 0xf0];
const HEADER_BYTES = 12;

/**
 * A ticket in the platform's own binary form: a 12-byte header, then TLVs for the url, the creation time (unix seconds)
 * and the validity in seconds (0 for ever).
 *
 * A url with a 22-character id gives the modern 72 bytes: 96 characters of unpadded base64url. One with a 20-character id
 * gives the 70 bytes of 2013, in ordinary base64 ending in `==`, the reason why tickets must be URL-encoded once.
 */
export function writeTicket({ url, createdAt, validity }: TicketContent, varying = randomBytes(2)): string {
  const text = Buffer.from(`${url}\0`, 'latin1');
  const bytes = Buffer.alloc(HEADER_BYTES + 2 + text.length + 6 + 6);
  const [salt = 0, pick = 0] = varying;
  bytes.set([0x81, 0x01, salt, thirdBytes[pick % thirdBytes.length] ?? 0xf0]);
  bytes.writeBigUInt64LE(BigInt(bytes.length - HEADER_BYTES), 4);
  bytes.set([0x01, text.length], HEADER_BYTES);
  bytes.set(text, HEADER_BYTES + 2);
  const at = bytes.length - 12;
  bytes.set([0x02, 4], at);
  bytes.writeUInt32LE(createdAt, at + 2);
  bytes.set([0x03, 4], at + 6);
  bytes.writeUInt32LE(validity, at + 8);
  return bytes.length === 72 ? bytes.toString('base64url') : bytes.toString('base64');
}

/** The content of a ticket, or undefined when it is none. */
export function readTicket(ticket: string): TicketContent | undefined {
  const bytes = Buffer.from(ticket, 'base64');
  if (bytes.length < HEADER_BYTES || bytes[0] !== 0x81 || bytes[1] !== 0x01) return undefined;
  if (bytes.readBigUInt64LE(4) !== BigInt(bytes.length - HEADER_BYTES)) return undefined;
  const values = new Map<number, Buffer>();
  let at = HEADER_BYTES;
  while (at + 2 <= bytes.length) {
    const type = bytes.readUInt8(at);
    const end = at + 2 + bytes.readUInt8(at + 1);
    if (end > bytes.length) return undefined;
    values.set(type, bytes.subarray(at + 2, end));
    at = end;
  }
  const [url, created, validity] = [values.get(1), values.get(2), values.get(3)];
  if (!url || created?.length !== 4 || validity?.length !== 4) return undefined;
  return {
    url: url.toString('latin1').replace(/\0$/, ''),
    createdAt: created.readUInt32LE(),
    validity: validity.readUInt32LE(),
  };
}

const idLetters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function randomId(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

/** A fresh url as the platform prints them: 22 characters that start with `02`; permanent ones hold `10000` near the end. */
export function newUrl(form: 'temporary' | 'permanent' | 'legacy'): string {
  if (form === 'legacy') {
    // The ids of 2013 had no `-` or `_` at their ends; 20 characters.
    const id = [...randomBytes(20)].map((byte) => idLetters[byte % idLetters.length]).join('');
    return `${QR_URL_PREFIX}${id}`;
  }
  if (form === 'temporary') return `${QR_URL_PREFIX}02${randomId(20)}`;
  const [a = 0, b = 0, c = 0] = randomBytes(3);
  return `${QR_URL_PREFIX}02${randomId(11)}10000${'wgM'[a % 3]}0${b % 10}${'abcdefghijklmnopqrstuvwxyz'[c % 26]}`;
}
