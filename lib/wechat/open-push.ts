import { decryptMessage, parseEncodingAesKey } from './push-cipher';
import { PushError, type PushRefusal } from './push-error';
import { type PushEvent, readFields, readPushEvent } from './push-event';
import { verifyMessageSignature, verifySignature } from './push-signature';
import { parseXml } from './xml';

/** WeChat's "plain", "compatible" and "safe" mode of the message settings. */
export type PushMode = 'plain' | 'compat' | 'safe';

export type PushAccount = {
  token: string;
  /** 43 letters and digits. Not needed in plain mode. */
  encodingAesKey: string | null;
  appId: string;
  mode: PushMode;
};

/** The query as it came, with WeChat's names: signature, timestamp, nonce, msg_signature, encrypt_type, echostr. */
export type PushQuery = URLSearchParams | Readonly<Record<string, string | string[] | undefined>>;

export type OpenedPush = {
  ok: true;
  event: PushEvent;
  /** The clear XML, for passing on. */
  xml: string;
  /** It came encrypted, so an answer other than `success` has to be sealed (`sealReply`). */
  encrypted: boolean;
  timestamp: string;
  nonce: string;
};

export type RefusedPush = { ok: false; reason: PushRefusal };

/** Largest body that is read, in bytes. A text message has 2 KB at most; compatible mode triples it. */
export const maxPushBytes = 64 * 1024;

const defaultMaxSkewSeconds = 600;

/**
 * The one door for pushes: checks the signature as the account's mode wants it, decrypts, reads.
 *
 * Safe mode takes encrypted bodies only, by msg_signature; clear fields beside `Encrypt` are refused even when
 * everything is signed. Compatible mode believes the encrypted part where there is one. It also takes clear bodies, as
 * while the mode is being changed at WeChat, and is then no safer than plain: `signature` does not cover the body, so
 * whoever saw one query can forge any body with it. For clear bodies the time stamp is therefore bounded.
 *
 * Never throws for what a stranger sends. Answer every refusal alike.
 *
 * @param options.maxSkewSeconds  how far the time stamp of a clear body may be from `now`, default 600; null: not checked
 */
export function openPush(
  push: { account: PushAccount; query: PushQuery; rawBody: Uint8Array | string },
  options: { now?: Date; maxSkewSeconds?: number | null } = {},
): OpenedPush | RefusedPush {
  try {
    return open(push, options);
  } catch (error) {
    if (error instanceof PushError) return { ok: false, reason: error.reason };
    throw error;
  }
}

/**
 * Answers WeChat's check of the address (GET). In every mode it is signed by `signature`, and echostr is clear.
 *
 * @returns `echo` is the whole answer, to be sent as text/plain without anything added
 */
export function openVerification(
  account: Pick<PushAccount, 'token'>,
  query: PushQuery,
): { ok: true; echo: string } | RefusedPush {
  const { signature, timestamp, nonce } = readQuery(query);
  const echo = readParameter(query, 'echostr');
  if (!signature || !timestamp || !nonce || !echo) return { ok: false, reason: 'parameterMissing' };
  const signed = verifySignature({ token: account.token, timestamp, nonce, signature });
  return signed ? { ok: true, echo } : { ok: false, reason: 'wrongSignature' };
}

function open(
  push: { account: PushAccount; query: PushQuery; rawBody: Uint8Array | string },
  options: { now?: Date; maxSkewSeconds?: number | null },
): OpenedPush {
  const { account } = push;
  const query = readQuery(push.query);
  const { timestamp, nonce } = query;
  if (!timestamp || !nonce) throw new PushError('parameterMissing');

  const saysEncrypted = query.encryptType !== '' && query.encryptType !== 'raw';
  if (account.mode === 'safe' && !saysEncrypted) throw new PushError('plainNotAllowed');
  // Checked before anything is parsed. An encrypted body has to be parsed first, since its signature covers a part.
  if (!saysEncrypted || account.mode === 'plain') requireSignature(account, query);

  const body = decodeBody(push.rawBody);
  const root = parseXml(body);
  const fields = readFields(root);
  const encrypted = fields.Encrypt;
  const hasClearFields = ['FromUserName', 'CreateTime', 'MsgType', 'Event', 'EventKey'].some(
    (name) => name in fields,
  );

  if (account.mode === 'plain') {
    if (!hasClearFields && encrypted) throw new PushError('encryptedNotExpected');
  } else if (encrypted) {
    requireMessageSignature(account, query, encrypted);
    if (account.mode === 'safe' && hasClearFields) throw new PushError('compatNotAllowed');
    const xml = decryptMessage({ key: requireKey(account), appId: account.appId, encrypted });
    return { ok: true, event: readPushEvent(parseXml(xml)), xml, encrypted: true, timestamp, nonce };
  } else if (saysEncrypted) {
    throw new PushError('plainNotAllowed');
  }
  requireFreshTimestamp(timestamp, options);
  return { ok: true, event: readPushEvent(root), xml: body, encrypted: false, timestamp, nonce };
}

type SignedQuery = {
  signature: string;
  timestamp: string;
  nonce: string;
  messageSignature: string;
  encryptType: string;
};

const maxParameterLength = 256;

function readQuery(query: PushQuery): SignedQuery {
  return {
    signature: readParameter(query, 'signature'),
    timestamp: readParameter(query, 'timestamp'),
    nonce: readParameter(query, 'nonce'),
    messageSignature: readParameter(query, 'msg_signature'),
    encryptType: readParameter(query, 'encrypt_type').toLowerCase(),
  };
}

/** Empty when it is absent, overlong or given twice. */
function readParameter(query: PushQuery, name: string): string {
  const values = query instanceof URLSearchParams ? query.getAll(name) : [query[name] ?? []].flat();
  const [value = '', ...more] = values;
  return more.length > 0 || value.length > maxParameterLength ? '' : value;
}

function requireSignature({ token }: PushAccount, { timestamp, nonce, signature }: SignedQuery): void {
  if (!signature) throw new PushError('parameterMissing');
  if (!verifySignature({ token, timestamp, nonce, signature })) throw new PushError('wrongSignature');
}

function requireMessageSignature({ token }: PushAccount, query: SignedQuery, encrypted: string): void {
  const { timestamp, nonce, messageSignature } = query;
  if (!messageSignature) throw new PushError('parameterMissing');
  const signed = verifyMessageSignature({ token, timestamp, nonce, encrypted, signature: messageSignature });
  if (!signed) throw new PushError('wrongSignature');
}

function requireKey({ encodingAesKey }: PushAccount): Uint8Array {
  const key = encodingAesKey ? parseEncodingAesKey(encodingAesKey) : null;
  if (!key) throw new PushError('noEncodingAesKey');
  return key;
}

function requireFreshTimestamp(
  timestamp: string,
  options: { now?: Date; maxSkewSeconds?: number | null },
): void {
  const { now = new Date(), maxSkewSeconds = defaultMaxSkewSeconds } = options;
  if (maxSkewSeconds === null) return;
  const seconds = /^\d{1,12}$/.test(timestamp) ? Number(timestamp) : Number.NaN;
  const skew = Math.abs(now.getTime() / 1000 - seconds);
  if (!(skew <= maxSkewSeconds)) throw new PushError('staleTimestamp');
}

function decodeBody(rawBody: Uint8Array | string): string {
  const length = typeof rawBody === 'string' ? Buffer.byteLength(rawBody) : rawBody.byteLength;
  if (length > maxPushBytes) throw new PushError('bodyTooLarge');
  if (typeof rawBody === 'string') return rawBody;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(rawBody);
  } catch {
    throw new PushError('notUtf8');
  }
}
