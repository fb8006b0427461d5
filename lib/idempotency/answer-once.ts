import 'server-only';
import { createHash } from 'node:crypto';
import type { Context } from '../context';
import { appSecret } from '../env';
import { AppError, invalidField } from '../errors';
import { hashToken, seal, unseal } from '../secrets';
import { claimKey, deleteKeysBefore, findKey, type IdempotencyId, keepAnswer, releaseKey } from './store';

/** How long an answer is kept, as the contract says. */
const KEPT_MS = 24 * 3_600_000;

/** How long a run keeps others out when its process dies. Longer than any request takes, calls to WeChat included. */
const LOCKED_MS = 60_000;

const MAX_KEY_LENGTH = 255;

/** Old rows deleted with each new one, so that the table shrinks faster than it grows. */
const PRUNED_AT_ONCE = 20;

export type KeptAnswer = { status: number; body: string };

export type OnceRequest = {
  /** As the client sent it; null: none, so nothing is kept. */
  key: string | null;
  method: string;
  path: string;
  /** What else makes the request what it is: its parsed body and query. */
  content: unknown;
};

type OnceContext = Pick<Context, 'db' | 'clock' | 'actor'>;

/**
 * Does the work of a POST at most once for an Idempotency-Key of an API key, method and path within 24 hours.
 *
 * The same key with the same content gets the first answer again. What may end differently the next time (a status of 500
 * or more, or 429) is not kept, and neither is what a dead process began: after a minute the same request may run anew.
 *
 * @param work  is given a UUID that stays the same for all runs of this key, or null without a key. What the work makes may
 *   take it as its id, so that a run after a crash finds what the first one made.
 * @throws AppError IDEMPOTENCY_KEY_REUSED  the key came before with other content
 * @throws AppError IDEMPOTENCY_KEY_IN_PROGRESS  the first request still runs; `details.retryAfterSeconds`
 * @throws AppError VALIDATION_FAILED  a key that is not 1 to 255 printable ASCII characters
 */
export async function answerOnce<T extends KeptAnswer>(
  ctx: OnceContext,
  request: OnceRequest,
  work: (onceId: string | null) => Promise<T>,
): Promise<{ isReplay: false; answer: T } | { isReplay: true; answer: KeptAnswer }> {
  const { actor, db, clock } = ctx;
  if (request.key === null || actor.kind !== 'apiKey') {
    return { isReplay: false, answer: await work(null) };
  }
  const { method, path, content } = request;
  const id: IdempotencyId = { apiKeyId: actor.id, method, path, key: requireKey(request.key) };
  // Keyed, since a body may hold a secret that is short enough to be guessed.
  const bodyHash = hashToken(appSecret(), canonical(content));

  const began = clock.now();
  const lockedUntil = new Date(began.getTime() + LOCKED_MS);
  const notBefore = new Date(began.getTime() - KEPT_MS);
  const claim = await claimKey(db, { ...id, bodyHash, now: began, notBefore, lockedUntil });
  if (!claim) return { isReplay: true, answer: replay(id, await findKey(db, id), bodyHash) };
  if (claim.createdAt.getTime() === began.getTime()) {
    await deleteKeysBefore(db, notBefore, began, PRUNED_AT_ONCE);
  }

  const release = () => releaseKey(db, id, lockedUntil, clock.now());
  try {
    const answer = await work(toOnceId(id, claim.createdAt));
    if (isFinal(answer.status)) {
      const sealed = seal(appSecret(), placeOf(id), answer.body);
      await keepAnswer(db, id, lockedUntil, { status: answer.status, sealed });
    } else await release();
    return { isReplay: false, answer };
  } catch (error) {
    await release();
    throw error;
  }
}

/** An answer may hold a secret that is told this once, such as a webhook's. */
const placeOf = ({ apiKeyId, key }: IdempotencyId) => `idempotency:${apiKeyId}:${key}`;

function replay(id: IdempotencyId, known: Awaited<ReturnType<typeof findKey>>, bodyHash: string): KeptAnswer {
  if (known && known.bodyHash !== bodyHash) {
    throw new AppError('IDEMPOTENCY_KEY_REUSED', 'the key came before with other content');
  }
  if (known?.responseStatus != null) {
    const { responseStatus: status, responseSealed: sealed } = known;
    return { status, body: sealed === null ? '' : unseal(appSecret(), placeOf(id), sealed) };
  }
  throw new AppError('IDEMPOTENCY_KEY_IN_PROGRESS', 'the first request with this key still runs', {
    retryAfterSeconds: 1,
  });
}

function requireKey(key: string): string {
  const field = 'Idempotency-Key';
  if (key === '') throw invalidField(field, 'required', 'is empty');
  if (key.length > MAX_KEY_LENGTH) {
    throw invalidField(field, 'tooLong', `at most ${MAX_KEY_LENGTH} characters`, { max: MAX_KEY_LENGTH });
  }
  if (!/^[\x20-\x7e]+$/.test(key)) throw invalidField(field, 'wrongFormat', 'wanted: printable ASCII');
  return key;
}

const isFinal = (status: number) => status < 500 && status !== 429;

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** JSON with the names of each object in order: a client may write its body anew in another order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join()}}`;
}

/** A UUID of version 8 (RFC 9562: vendor's own), out of the key and the moment of its first use. */
function toOnceId({ apiKeyId, method, path, key }: IdempotencyId, createdAt: Date): string {
  const hash = digest(JSON.stringify([apiKeyId, method, path, key, createdAt.toISOString()]));
  const hex = `${hash.slice(0, 12)}8${hash.slice(13, 16)}a${hash.slice(17, 32)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
