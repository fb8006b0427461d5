import 'server-only';
import type { BackgroundTask } from '../background/task';
import { deleteIdleParts } from './part-store';
import { emptyRemovedItems, findOutlived, markRemoved } from './store';

const EXPORTS_AT_ONCE = 20;
const ITEMS_AT_ONCE = 2_000;
const PARTS_AT_ONCE = 50;

/** Removes files whose time is over, and empties what removed ones were made from. Who printed what stays. */
export const clearExports: BackgroundTask = {
  name: 'export retention',
  everySeconds: 600,
  async run(ctx) {
    const outlived = await findOutlived(ctx.db, ctx.clock.now(), EXPORTS_AT_ONCE);
    for (const { id, accountId } of outlived) await markRemoved(ctx.db, accountId, id, ctx.clock.now());
    const more = await emptyRemovedItems(ctx.db, ITEMS_AT_ONCE);
    const moreParts = await deleteIdleParts(ctx.db, PARTS_AT_ONCE);
    return more || moreParts || outlived.length === EXPORTS_AT_ONCE;
  },
};
