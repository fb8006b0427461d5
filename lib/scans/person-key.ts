import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';

/** HMAC-SHA-256 under the account's own random key, cut to 128 bits and written as a UUID, in which form it is kept. */
function pseudonym(secret: Buffer, text: string): string {
  const hex = createHmac('sha256', secret).update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** Under which a person is counted: tells nothing of the openid, and the same person in another account is another key. */
export function toPersonKey(secret: Buffer, openid: string): string {
  return pseudonym(secret, `person\n${openid}`);
}

/** The same for every delivery of one push; outlives the person's being forgotten. */
export function toEventDigest(
  secret: Buffer,
  event: { openid: string; createTime: number; event: string; eventKey: string },
): string {
  const { openid, createTime, event: name, eventKey } = event;
  return pseudonym(secret, `event\n${openid}\n${createTime}\n${name}\n${eventKey}`);
}

export function createPersonSecret(): string {
  return randomBytes(32).toString('base64');
}

export const openidPlace = (accountId: string) => `follower:${accountId}:openid`;
export const personSecretPlace = (accountId: string) => `account:${accountId}:personSecret`;
