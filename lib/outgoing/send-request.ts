import 'server-only';
import dns from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { classifyAddress } from './address-class';
import type { OutgoingError } from './types';

export type OutgoingRequest = {
  url: string;
  /** POST unless said otherwise. */
  method?: 'GET' | 'POST' | 'PUT';
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Whether http is good enough; https always is. */
  allowHttp: boolean;
  /** Loopback and private addresses too. Link-local ones and those of cloud metadata are refused even so. */
  allowPrivate: boolean;
  /** For the whole exchange, from resolving the name to the last byte; 10,000 unless said otherwise. */
  timeoutMs?: number;
  /** Of the answer, bytes beyond are left unread; 65,536 unless said otherwise. */
  maxAnswerBytes?: number;
  signal?: AbortSignal;
};

export type OutgoingAnswer = {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
  /** The answer was longer than `maxAnswerBytes`. */
  isCut: boolean;
};

export type OutgoingResult = { ok: true; answer: OutgoingAnswer } | { ok: false; error: OutgoingError };

const timeoutMs = 10_000;
const maxAnswerBytes = 65_536;

type Address = { address: string; family: number };

/**
 * Sends one request to an address that a person typed in, and reads the answer up to a bound.
 *
 * The name is resolved once, every address that it has is judged, and the connection goes to one of those: a name that
 * resolves otherwise a moment later changes nothing. Redirects are not followed, proxies of the environment not used,
 * connections not kept. Nothing is logged here: address, headers and body may hold secrets.
 *
 * @returns the answer, whatever its status but a redirect; or why there is none. It never throws.
 */
export async function sendRequest(request: OutgoingRequest): Promise<OutgoingResult> {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) {
    return { ok: false, error: 'badAddress' };
  }
  if (url.protocol === 'http:' && !request.allowHttp) return { ok: false, error: 'notHttps' };
  const deadline = AbortSignal.timeout(request.timeoutMs ?? timeoutMs);
  const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline;
  try {
    const addresses = await withSignal(resolveHost(url), signal);
    if (addresses.some(({ address }) => !isAllowed(address, request))) {
      return { ok: false, error: 'addressRefused' };
    }
    return await exchange(url, addresses, request, signal);
  } catch (error) {
    return { ok: false, error: signal.aborted ? 'timeout' : errorOf(error) };
  }
}

function isAllowed(address: string, { allowPrivate }: OutgoingRequest): boolean {
  const kind = classifyAddress(address);
  return kind === 'public' || (kind === 'private' && allowPrivate);
}

async function resolveHost({ hostname }: URL): Promise<Address[]> {
  // URL has already turned decimal, octal and hexadecimal forms of IPv4 into the usual one.
  const host = hostname.replace(/^\[|\]$/g, '');
  const version = isIP(host);
  return version === 0
    ? dns.lookup(host, { all: true, verbatim: true })
    : [{ address: host, family: version }];
}

function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, fail) => {
    const abort = () => fail(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(done, fail).finally(() => signal.removeEventListener('abort', abort));
  });
}

function exchange(
  url: URL,
  addresses: Address[],
  request: OutgoingRequest,
  signal: AbortSignal,
): Promise<OutgoingResult> {
  const body = request.body === undefined ? undefined : Buffer.from(request.body);
  const [first] = addresses;
  const pinned: LookupFunction = (_host, options, callback) => {
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };
  return new Promise((done, fail) => {
    const outgoing = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        method: request.method ?? 'POST',
        headers: {
          'user-agent': 'Qudao',
          accept: '*/*',
          ...request.headers,
          ...(body ? { 'content-length': String(body.length) } : {}),
        },
        agent: false,
        lookup: pinned,
        signal,
      },
      (answer) => {
        readAnswer(answer, request.maxAnswerBytes ?? maxAnswerBytes).then(
          (result) => {
            outgoing.destroy();
            done(result);
          },
          (error: unknown) => {
            outgoing.destroy();
            fail(error);
          },
        );
      },
    );
    outgoing.on('error', fail);
    outgoing.on('socket', (socket) => {
      socket.once('connect', () => {
        // What is asked is who answers, not who was meant to.
        if (socket.remoteAddress && !isAllowed(socket.remoteAddress, request)) {
          done({ ok: false, error: 'addressRefused' });
          outgoing.destroy();
        }
      });
    });
    outgoing.end(body);
  });
}

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<OutgoingResult> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return { ok: false, error: 'redirect' };
  const chunks: Buffer[] = [];
  let length = 0;
  let isCut = false;
  for await (const chunk of answer) {
    const bytes = chunk as Buffer;
    chunks.push(bytes.subarray(0, maxBytes - length));
    length += bytes.length;
    isCut = length > maxBytes;
    if (isCut) break;
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
  return { ok: true, answer: { status, headers, body: Buffer.concat(chunks), isCut } };
}

/** A happy-eyeballs failure is an AggregateError of one error an address. */
function errorOf(error: unknown): OutgoingError {
  const failure = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  const { code = '', syscall = '' } = (failure ?? {}) as { code?: string; syscall?: string };
  if (['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA'].includes(code)) return 'hostUnknown';
  if (/CERT|^UNABLE_TO_|^ERR_(TLS|SSL)|^EPROTO|HOSTNAME_MISMATCH/.test(code)) return 'certificate';
  if (syscall === 'connect') return code === 'ETIMEDOUT' ? 'timeout' : 'connectionRefused';
  if (/ECONNRESET|EPIPE|HPE_|ERR_STREAM_PREMATURE_CLOSE/.test(code)) return 'cut';
  return 'unexpected';
}

/**
 * The beginning of an answer as a person may read it: one line, at most `longest` characters, without control signs.
 *
 * Others wrote it, so it is shown as text and never as anything else.
 */
export function excerptOf(body: Uint8Array | string, longest = 300): string {
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  const line = text
    .slice(0, longest * 4)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
