/*
 * The toast library writes its style sheet into the page as it loads and takes no nonce: an empty <style> first, then its
 * text. Both are let in by their digests; the test beside this file fails when an upgrade changes them.
 */
export const toastStyleDigest = 'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=';
const emptyStyleDigest = 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

/**
 * The Content-Security-Policy of a page.
 *
 * Scripts run by nonce only. Style elements need a nonce or a digest; style attributes are allowed, since server-rendered
 * components carry them (widths of bars, hidden native inputs) and an attribute can neither run nor load anything here.
 *
 * @param nonce  base64, fresh for each request
 * @param development  also allows what hot reloading needs: eval, inline styles, a web socket
 */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    development
      ? "style-src 'self' 'unsafe-inline'"
      : `style-src 'self' 'nonce-${nonce}' '${toastStyleDigest}' '${emptyStyleDigest}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return directives.join('; ');
}
