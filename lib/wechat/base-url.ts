/** Names of this machine itself, as a URL's `hostname` gives them. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/**
 * Checks an address to call: https, or http on this machine only, since a token travels in the query.
 *
 * @param name  how the error calls it
 * @throws TypeError  says what is wrong, without quoting the address
 */
export function requireSafeUrl(text: string, name: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new TypeError(`${name} is not a URL`);
  if (url.username || url.password) throw new TypeError(`${name} must not hold a user name or password`);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
  if (!safe) throw new TypeError(`${name} must be https (http is allowed for this machine itself only)`);
  return url;
}

/** A base with a path below it: `https://host/prefix` + `/cgi-bin/token`. The base's own query is dropped. */
export function joinUrl(base: URL, path: string, query: Record<string, string> = {}): URL {
  const url = new URL(base.origin + base.pathname.replace(/\/+$/, '') + path);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  return url;
}
