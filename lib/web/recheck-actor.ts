import 'server-only';
import { findActorByKey } from '../api-keys/find-actor-by-key';
import type { Actor } from '../context';
import { findLivingActor } from '../people/sessions';
import { contextFor } from '../runtime';
import { readBearer } from './bearer';

/**
 * Who the sender of a request that goes on for long is by now: role and grants of this moment, a stranger once session or key
 * no longer counts. Looking does not count as use, so that an open page keeps no session alive.
 */
export async function recheckActor(actor: Actor, { headers }: Request): Promise<Actor> {
  const { db, clock } = await contextFor({ kind: 'stranger' });
  if (actor.kind === 'user') return findLivingActor({ db, clock }, actor.sessionId);
  const key = readBearer(headers);
  if (actor.kind === 'apiKey' && key !== null) {
    return (await findActorByKey(db, key, clock.now())) ?? { kind: 'stranger' };
  }
  return { kind: 'stranger' };
}
