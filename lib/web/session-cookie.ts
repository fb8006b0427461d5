import 'server-only';
import { cookies } from 'next/headers';
import { decode, encode } from 'next-auth/jwt';
import { appSecret, env } from '../env';
import { SESSION_LIFETIME_SECONDS } from '../people/sessions';
import { deriveKey } from '../secrets';

/** What next-auth encrypts its tokens with. */
export function authSecret(): string {
  return deriveKey(appSecret(), 'next-auth').toString('base64url');
}

/** The one cookie that signs in. Over https its name binds it to this host, to / and to https. */
export function sessionCookie() {
  const secure = env().PUBLIC_URL.startsWith('https://');
  return {
    name: secure ? '__Host-qudao.session' : 'qudao.session',
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  } as const;
}

/** The token that next-auth reads: a session's id and nothing else, since the row says all the rest. */
export async function writeSessionCookie(sessionId: string): Promise<void> {
  const { name, options } = sessionCookie();
  const token = await encode({
    token: { sid: sessionId },
    secret: authSecret(),
    maxAge: SESSION_LIFETIME_SECONDS,
  });
  (await cookies()).set(name, token, { ...options, maxAge: SESSION_LIFETIME_SECONDS });
}

export async function readSessionCookie(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie().name)?.value;
  if (!token) return null;
  try {
    return (await decode({ token, secret: authSecret() }))?.sid ?? null;
  } catch {
    // Forged, expired, or made with another APP_SECRET: nobody's.
    return null;
  }
}

export async function deleteSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, '', { ...options, maxAge: 0 });
}
