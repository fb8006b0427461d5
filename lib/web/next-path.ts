const NOT_AFTER_SIGN_IN = /^\/(?:sign-in|link|api)(?:[/?#]|$)/;

/** Where to go after signing in: a path of this app and nothing else, or the overview. */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/') || /[\\\p{Cc}]/u.test(next)) return '/';
  const base = 'http://this.invalid';
  const url = URL.parse(next, base);
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return '/';
  return NOT_AFTER_SIGN_IN.test(url.pathname) ? '/' : `${url.pathname}${url.search}`;
}
