import { isLoopbackHost } from '../settings';

/** What a request says of itself before anything of it is believed. */
export type RequestFacts = {
  method: string;
  /** As on the request line: path and query. */
  path: string;
  host: string;
  origin: string | null;
  /** PUBLIC_URL: the one origin that browsers use. */
  publicUrl: string;
};

export type Verdict =
  | { allow: true }
  | { redirectTo: string }
  | { refuse: 400 | 403 | 421; code: 'ORIGIN_REFUSED'; title: string };

/** Called by machines, never with a cookie: a forged Host or Origin gains nothing there. */
const forMachines = /^\/api\/(?:v1|health|wechat)(?:\/|$)/;

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request was meant for this installation: the Host is PUBLIC_URL's, and what changes something comes from
 * there too. Keeps out DNS rebinding and forms on other sites before Next or next-auth look at anything.
 *
 * While PUBLIC_URL is loopback, its other names (127.0.0.1 for localhost) lead to it, so that cookies have one home.
 */
export function judgeRequest({ method, path, host, origin, publicUrl }: RequestFacts): Verdict {
  // As Next reads it: /api/v1/../auth is no address for machines.
  const pathname = path.startsWith('/') ? URL.parse(`${publicUrl}${path}`)?.pathname : undefined;
  if (pathname === undefined) {
    return { refuse: 400, code: 'ORIGIN_REFUSED', title: 'The request line must hold a path.' };
  }
  if (forMachines.test(pathname)) return { allow: true };
  const isSafe = safeMethods.has(method.toUpperCase());
  if (!isSameHost(host, publicUrl)) {
    if (isSafe && isOtherLoopbackName(host, publicUrl)) return { redirectTo: `${publicUrl}${path}` };
    return { refuse: 421, code: 'ORIGIN_REFUSED', title: `This server answers at ${publicUrl} only.` };
  }
  if (!isSafe && origin !== null && origin !== publicUrl) {
    return { refuse: 403, code: 'ORIGIN_REFUSED', title: `Only ${publicUrl} may ask for this.` };
  }
  return { allow: true };
}

function isSameHost(host: string, publicUrl: string): boolean {
  const asked = parseHost(host, publicUrl);
  return asked !== null && asked.host === new URL(publicUrl).host;
}

function isOtherLoopbackName(host: string, publicUrl: string): boolean {
  const asked = parseHost(host, publicUrl);
  const wanted = new URL(publicUrl);
  return (
    asked !== null &&
    isLoopbackHost(asked.hostname) &&
    isLoopbackHost(wanted.hostname) &&
    asked.port === wanted.port
  );
}

/** A Host header is a name or an address and perhaps a port; anything else in it is an attempt at something. */
function parseHost(host: string, publicUrl: string): URL | null {
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)) return null;
  return URL.parse(`${new URL(publicUrl).protocol}//${host}`);
}
