import 'server-only';
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A 32-byte key for one purpose, derived from APP_SECRET: RFC 5869, HKDF-SHA-256. */
export function deriveKey(appSecret: string, purpose: string): Buffer {
  const name = `${purpose} ${appSecret}`;
  let key = derived.get(name);
  if (!key) {
    key = Buffer.from(hkdfSync('sha256', appSecret, 'qudao', purpose, 32));
    derived.set(name, key);
  }
  return key;
}

// A process has one secret and a handful of purposes.
const derived = new Map<string, Buffer>();

/**
 * Encrypts a secret for the database: AES-256-GCM, random nonce, `v1.` + base64url of nonce, tag and cipher text.
 *
 * @param place  where it is kept, such as `account:ID:appSecret`; a value moved elsewhere does not open
 */
export function seal(appSecret: string, place: string, plain: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(appSecret, 'seal'), nonce);
  cipher.setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return `${VERSION}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
}

/** @throws Error  sealed with another APP_SECRET, for another place, or damaged; says no more than that */
export function unseal(appSecret: string, place: string, sealed: string): string {
  const [version, encoded] = sealed.split('.');
  const bytes = Buffer.from(encoded ?? '', 'base64url');
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES)
    throw new Error(`the secret of ${place} is damaged`);
  const decipher = createDecipheriv(
    'aes-256-gcm',
    deriveKey(appSecret, 'seal'),
    bytes.subarray(0, NONCE_BYTES),
  );
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  } catch {
    throw new Error(`the secret of ${place} does not open with this APP_SECRET`);
  }
}

/** What the database keeps of a token that only its bearer knows: HMAC-SHA-256, hex. */
export function hashToken(appSecret: string, token: string): string {
  return createHmac('sha256', deriveKey(appSecret, 'token')).update(token).digest('hex');
}

/** A token of 256 random bits, base64url. */
export function createToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Kept in the database, so that a start with another APP_SECRET is refused instead of failing at each secret. */
export function secretCheckValue(appSecret: string): string {
  return createHmac('sha256', deriveKey(appSecret, 'check')).update('qudao').digest('hex');
}

/** Compares in constant time; strings of unequal length differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
