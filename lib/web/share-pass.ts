import 'server-only';
import { createHash } from 'node:crypto';
import { cookies } from 'next/headers';
import { env } from '../env';

const ONE_DAY_SECONDS = 86_400;

/** A cookie a link, named after a digest: the link itself stands nowhere but in the address. */
const nameOf = (token: string) =>
  `share-${createHash('sha256').update(token).digest('base64url').slice(0, 16)}`;

/** What a browser was given for the right password of a link. */
export async function readSharePass(token: string): Promise<string | null> {
  return (await cookies()).get(nameOf(token))?.value ?? null;
}

export async function writeSharePass(token: string, pass: string): Promise<void> {
  (await cookies()).set(nameOf(token), pass, {
    path: '/',
    maxAge: ONE_DAY_SECONDS,
    sameSite: 'lax',
    httpOnly: true,
    secure: env().PUBLIC_URL.startsWith('https://'),
  });
}
