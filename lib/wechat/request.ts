import type { RemedyKey } from './error-table';
import type { Scrub } from './scrub';
import { WeChatError } from './wechat-error';

export type HttpOptions = {
  fetch: typeof fetch;
  /** For the whole exchange, from connecting to the last byte. */
  timeoutMs: number;
};

export type HttpRequest = {
  url: URL;
  /** How errors name the target. The url is never shown: it may hold a token or a secret. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** A longer answer is refused while it is being read. */
  maxBytes: number;
  scrub: Scrub;
};

export type HttpReply = { status: number; bytes: Uint8Array };

/**
 * Sends one request and reads the whole answer into memory: GET without a body, POST of UTF-8 JSON with one.
 *
 * Redirects are not followed, since a token in the query would travel along. No retry happens here.
 *
 * @throws WeChatError timeout | network | cutReply | redirect | tooLarge
 */
export async function sendRequest(http: HttpOptions, request: HttpRequest): Promise<HttpReply> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), http.timeoutMs);
  let status: number | null = null;
  try {
    const response = await http.fetch(request.url, {
      method: request.body === undefined ? 'GET' : 'POST',
      headers: {
        accept: '*/*',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...request.headers,
      },
      // JSON.stringify leaves non-ASCII letters as they are. WeChat takes an escaped scene_str for literal text.
      body: request.body === undefined ? undefined : JSON.stringify(request.body),
      redirect: 'manual',
      cache: 'no-store',
      signal: deadline.signal,
    });
    status = response.status;
    if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
      await response.body?.cancel().catch(() => undefined);
      throw new WeChatError(
        `${request.path} answered with a redirect (HTTP ${status}), which is not followed`,
        {
          kind: 'redirect',
          path: request.path,
          httpStatus: status,
          retry: 'no',
          remedy: 'checkProxy',
          maybeDone: false,
        },
      );
    }
    return { status, bytes: await readBounded(response, request) };
  } catch (error) {
    if (error instanceof WeChatError) throw error;
    throw transportError(error, {
      request,
      status,
      timedOut: deadline.signal.aborted,
      timeoutMs: http.timeoutMs,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function readBounded(response: Response, request: HttpRequest): Promise<Uint8Array> {
  if (!response.body) return new Uint8Array();
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks, length);
    length += value.byteLength;
    if (length > request.maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new WeChatError(`The answer of ${request.path} is longer than ${request.maxBytes} bytes`, {
        kind: 'tooLarge',
        path: request.path,
        httpStatus: response.status,
        retry: 'no',
        remedy: 'checkProxy',
        maybeDone: true,
      });
    }
    chunks.push(value);
  }
}

/** Failures before the request can have left this machine. */
const neverSentCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

const certificateCode = /CERT|^UNABLE_TO_|^ERR_(TLS|SSL)|^HOSTNAME_MISMATCH/;

function transportError(
  error: unknown,
  context: { request: HttpRequest; status: number | null; timedOut: boolean; timeoutMs: number },
): WeChatError {
  const { request, status, timedOut, timeoutMs } = context;
  const { path, scrub } = request;
  const root = findRoot(error);
  const cause = scrubbedCause(root, scrub);
  const reason = root.code ?? cause.message;
  const fail = (
    kind: 'timeout' | 'network' | 'cutReply' | 'badReply',
    words: string,
    remedy: RemedyKey,
    maybeDone: boolean,
  ) =>
    new WeChatError(words, {
      kind,
      path,
      httpStatus: status,
      retry: kind === 'cutReply' ? 'now' : kind === 'badReply' ? 'no' : 'later',
      remedy,
      maybeDone,
      cause,
    });

  if (timedOut)
    return fail('timeout', `${path} did not answer in full within ${timeoutMs} ms`, 'checkNetwork', true);
  if (root.code === 'UND_ERR_CONNECT_TIMEOUT' || (root.code === 'ETIMEDOUT' && root.syscall === 'connect')) {
    return fail(
      'timeout',
      `No connection to the host of ${path} could be made in time`,
      'checkNetwork',
      false,
    );
  }
  if (root.code && certificateCode.test(root.code)) {
    return fail(
      'network',
      `The certificate shown for ${path} was not accepted: ${reason}`,
      'checkProxy',
      false,
    );
  }
  const wasConnecting = root.syscall === 'connect' || /before secure TLS connection/.test(root.message);
  if (wasConnecting || (root.code && neverSentCodes.has(root.code))) {
    return fail('network', `The host of ${path} could not be reached: ${reason}`, 'checkNetwork', false);
  }
  if (/TIMEOUT|ETIMEDOUT/.test(root.code ?? '')) {
    return fail('timeout', `${path} stopped answering`, 'checkNetwork', true);
  }
  if (root.code?.startsWith('HPE_')) {
    return fail('badReply', `${path} answered with something that is not HTTP`, 'checkProxy', true);
  }
  if (status !== null || /ECONNRESET|EPIPE|UND_ERR_SOCKET|CONTENT_LENGTH|Z_BUF_ERROR/.test(root.code ?? '')) {
    return fail('cutReply', `The connection broke before ${path} had answered in full`, 'tryAgain', true);
  }
  return fail('network', `The request to ${path} failed: ${reason}`, 'checkNetwork', true);
}

type Root = { name: string; message: string; code: string | null; syscall: string | null };

/** fetch says only "fetch failed"; what happened stands in its cause, or in the causes of that. */
function findRoot(error: unknown): Root {
  let at: unknown = error;
  let root: Root = { name: 'Error', message: String(error), code: null, syscall: null };
  for (let depth = 0; depth < 5 && at instanceof Error; depth += 1) {
    const { code, syscall, cause } = at as Error & { code?: unknown; syscall?: unknown };
    root = {
      name: at.name,
      message: at.message,
      code: typeof code === 'string' ? code : root.code,
      syscall: typeof syscall === 'string' ? syscall : root.syscall,
    };
    at = cause;
  }
  return root;
}

/** A new error without the old one's stack and own causes, whose texts nobody here has looked through. */
function scrubbedCause(root: Root, scrub: Scrub): Error {
  const cause = new Error(scrub(root.message));
  cause.name = root.name;
  cause.stack = undefined;
  return root.code ? Object.assign(cause, { code: root.code }) : cause;
}
