import 'server-only';
import { createHmac } from 'node:crypto';
import { appSecret } from '../env';
import { deriveKey, equalInConstantTime } from '../secrets';

/** How long after its expiry a binding still says to a browser what became of it. */
const keptMs = 3_600_000;

/** Follows from the binding, so that nothing is kept and a request that is repeated is told the same. */
export function listenTokenOf(bindingId: string): string {
  return createHmac('sha256', deriveKey(appSecret(), 'listen to a binding'))
    .update(bindingId)
    .digest('base64url');
}

export function isListenToken(bindingId: string, token: string): boolean {
  return equalInConstantTime(token, listenTokenOf(bindingId));
}

export function isStillListenable(expiresAt: Date, now: Date): boolean {
  return now.getTime() < expiresAt.getTime() + keptMs;
}
