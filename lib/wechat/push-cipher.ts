import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { PushError } from './push-error';

/** PKCS#7 with blocks of 32: pads of 17…32 are legal, so AES's own padding (blocks of 16) cannot be used. */
const padBlock = 32;
const randomLength = 16;
const lengthLength = 4;

/**
 * Reads an EncodingAESKey (43 letters and digits) into the 32 bytes of the AES key, or null when it is none.
 *
 * Not checked by encoding it again: the last character has spare bits, and WeChat's published keys do not round-trip.
 */
export function parseEncodingAesKey(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9]{43}$/.test(text)) return null;
  const key = Buffer.from(`${text}=`, 'base64');
  return key.length === 32 ? key : null;
}

/**
 * Encrypts a message as WeChat does: AES-256-CBC over 16 random bytes, the message's length, message and app id.
 *
 * @param random  for test vectors only
 * @returns base64
 *
 * Source: WeChat, "Message encryption and decryption".
 */
export function encryptMessage(input: {
  key: Uint8Array;
  appId: string;
  message: string;
  random?: Uint8Array;
}): string {
  const random = input.random ?? randomBytes(randomLength);
  if (random.length !== randomLength) throw new RangeError(`random: ${randomLength} bytes are wanted`);
  const message = Buffer.from(input.message);
  const length = Buffer.alloc(lengthLength);
  length.writeUInt32BE(message.length);
  const content = Buffer.concat([random, length, message, Buffer.from(input.appId)]);
  const pad = padBlock - (content.length % padBlock);
  const cipher = createCipheriv('aes-256-cbc', input.key, input.key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([content, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/**
 * Decrypts what `encryptMessage` or WeChat made. Check the message signature first.
 *
 * @throws PushError undecipherable (one reason for every fault of key, padding, length and encoding, so that no answer
 *   can serve as a padding oracle) | otherAppId
 */
export function decryptMessage(input: { key: Uint8Array; appId: string; encrypted: string }): string {
  const encrypted = input.encrypted.replace(/\s+/g, '');
  const bytes = /^[A-Za-z0-9+/]+={0,2}$/.test(encrypted) ? Buffer.from(encrypted, 'base64') : Buffer.alloc(0);
  if (bytes.length < padBlock || bytes.length % 16 !== 0) throw new PushError('undecipherable');
  const decipher = createDecipheriv('aes-256-cbc', input.key, input.key.subarray(0, 16)).setAutoPadding(
    false,
  );
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);

  const pad = padded.at(-1) ?? 0;
  const content = padded.subarray(0, padded.length - pad);
  const start = randomLength + lengthLength;
  const padIsSound = pad >= 1 && pad <= padBlock && padded.subarray(-pad).every((byte) => byte === pad);
  if (!padIsSound || content.length < start) throw new PushError('undecipherable');
  const end = start + content.readUInt32BE(randomLength);
  if (end > content.length) throw new PushError('undecipherable');
  if (!content.subarray(end).equals(Buffer.from(input.appId))) throw new PushError('otherAppId');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(start, end));
  } catch {
    throw new PushError('undecipherable');
  }
}
