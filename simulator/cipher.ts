import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const BLOCK = 32;

/** The platform's signature: lower-case hex SHA-1 of the parts, sorted byte by byte and joined. */
export function sign(...parts: string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex');
}

function keyOf(encodingAesKey: string): Buffer {
  return Buffer.from(`${encodingAesKey}=`, 'base64');
}

/** AES-256-CBC over 16 random bytes, the message's length, the message and the app id, padded to 32 bytes; base64. */
export function seal(
  encodingAesKey: string,
  appId: string,
  message: string,
  random = randomBytes(16),
): string {
  const key = keyOf(encodingAesKey);
  const content = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const plain = Buffer.concat([random, length, content, Buffer.from(appId)]);
  const pad = BLOCK - (plain.length % BLOCK);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(pad, pad)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

/** The message and the app id in a sealed text, or undefined when it does not open. */
export function open(encodingAesKey: string, sealed: string): { message: string; appId: string } | undefined {
  const key = keyOf(encodingAesKey);
  const bytes = Buffer.from(sealed, 'base64');
  if (bytes.length === 0 || bytes.length % 16 !== 0) return undefined;
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const pad = padded.at(-1) ?? 0;
  if (pad < 1 || pad > BLOCK || pad > padded.length - 20) return undefined;
  const length = padded.readUInt32BE(16);
  const end = padded.length - pad;
  if (20 + length > end) return undefined;
  return {
    message: padded.toString('utf8', 20, 20 + length),
    appId: padded.toString('utf8', 20 + length, end),
  };
}
