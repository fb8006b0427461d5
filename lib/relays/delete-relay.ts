import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { deleteDeliveriesOf } from '../deliveries/discard-deliveries';
import { authorise } from '../people/authorise';
import { forgetReceived } from '../scans/receiver';
import { requireRelay } from './require-relay';
import { removeRelay } from './store';

/** Removes a relay; what still waited for it is given up. @throws AppError NOT_FOUND */
export async function deleteRelay(ctx: Context, accountId: string, relayId: string): Promise<void> {
  authorise(ctx, 'admin', accountId);
  await ctx.db.$transaction(async (tx) => {
    const { id, name } = await requireRelay(tx, accountId, relayId);
    await deleteDeliveriesOf(tx, id);
    await removeRelay(tx, id);
    await recordAudit(ctx, tx, {
      action: 'relay.delete',
      target: { kind: 'relay', id, label: name },
      accountId,
    });
  });
  forgetReceived(accountId);
}
