import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { requireChannel } from './require-channel';
import { changeChannel, countCodesByChannel } from './store';
import { toChannelDto } from './to-channel-dto';
import type { ChannelDto } from './types';

/** For `archiveChannel` and its way back, which authorise. */
export async function setArchived(
  ctx: Context,
  accountId: string,
  channelId: string,
  archived: boolean,
): Promise<ChannelDto> {
  let row = await requireChannel(ctx.db, accountId, channelId);
  if ((row.archivedAt !== null) !== archived) {
    row = await ctx.db.$transaction(async (tx) => {
      await recordAudit(ctx, tx, {
        action: archived ? 'channel.archive' : 'channel.unarchive',
        target: { kind: 'channel', id: row.id, label: `${row.number} ${row.name}` },
        accountId,
      });
      return changeChannel(tx, row.id, { archivedAt: archived ? ctx.clock.now() : null });
    });
  }
  const counts = await countCodesByChannel(ctx.db, [row.id]);
  return toChannelDto(row, counts.get(row.id) ?? 0);
}
