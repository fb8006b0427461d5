import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from '@/lib/web/content-security-policy';
import { PAGE_PATH_HEADER } from '@/lib/web/page-path-header';

/**
 * Gives each page its Content-Security-Policy with a fresh nonce, which Next puts on its own scripts and the layout
 * reads from `x-nonce`. This is no guard: every page, action and route authorises for itself.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');

  const requestHeaders = new Headers(request.headers);
  requestHeaders.set('x-nonce', nonce);
  requestHeaders.set('content-security-policy', policy);
  requestHeaders.set(PAGE_PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set('content-security-policy', policy);
  return response;
}

export const config = {
  matcher: ['/((?!api/|_next/static/|_next/image|.*\\.(?:ico|svg|png|txt|webmanifest)$).*)'],
};
