import 'server-only';
import { cache } from 'react';
import type { Actor } from '../context';
import { resolveSession } from '../people/sessions';
import { systemContext } from '../runtime';
import { readSessionCookie } from './session-cookie';

/** Who sent the present request: the cookie names a session, and its row says whether and for whom it still counts. */
export const currentSession = cache(async (): Promise<{ actor: Actor; email: string | null }> => {
  const sessionId = await readSessionCookie();
  if (sessionId === null) return { actor: { kind: 'stranger' }, email: null };
  return resolveSession(await systemContext('session'), sessionId);
});

export async function currentActor(): Promise<Actor> {
  return (await currentSession()).actor;
}
