import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * WeChat's signature: lower-case hex SHA-1 of the parts, sorted as bytes and joined.
 *
 * Parts: token, timestamp, nonce; for msg_signature also the text of `Encrypt`.
 */
export function signPush(parts: readonly string[]): string {
  const sorted = parts.map((part) => Buffer.from(part)).sort(Buffer.compare);
  return createHash('sha1').update(Buffer.concat(sorted)).digest('hex');
}

/** Checks `signature`, which covers the query but not the body. Takes the same time wherever the first difference is. */
export function verifySignature(claim: {
  token: string;
  timestamp: string;
  nonce: string;
  signature: string;
}): boolean {
  return sameText(signPush([claim.token, claim.timestamp, claim.nonce]), claim.signature);
}

/** Checks `msg_signature`, which covers the encrypted body too. */
export function verifyMessageSignature(claim: {
  token: string;
  timestamp: string;
  nonce: string;
  /** The text of `Encrypt`, exactly as it came. */
  encrypted: string;
  signature: string;
}): boolean {
  return sameText(signPush([claim.token, claim.timestamp, claim.nonce, claim.encrypted]), claim.signature);
}

function sameText(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}
