import 'server-only';
import type { Context } from '../context';
import { listDeliveries } from '../deliveries/list-deliveries';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findRelays } from './store';
import type { ListedRelayDto } from './types';

/** All of an account with what came of the latest push, the answering one first; there are few. */
export async function listRelays(ctx: Context, accountId: string): Promise<ListedRelayDto[]> {
  authorise(ctx, 'admin', accountId);
  const relays = await findRelays(ctx.db, requireId(accountId, 'account'));
  return Promise.all(
    relays.map(async (relay) => {
      const { items } = await listDeliveries(ctx, [relay.id], { limit: 1 });
      return { ...relay, last: items[0] ?? null };
    }),
  );
}
