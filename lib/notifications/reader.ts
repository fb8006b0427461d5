import 'server-only';
import type { Context } from '../context';
import { accessibleAccounts } from '../people/authorise';
import type { Reader } from './store';

/** As whom the one who asks reads notifications. */
export function toReader({ actor }: Pick<Context, 'actor'>): Reader {
  const accounts = accessibleAccounts(actor);
  if (actor.kind === 'user') return { userId: actor.id, role: actor.role, accounts };
  return { userId: null, role: actor.kind === 'apiKey' ? actor.role : 'admin', accounts };
}
