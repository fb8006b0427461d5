import 'server-only';
import { sqlOfConnection } from '../db/sql';
import { maskOpenid } from '../scans/format';
import type { GroupStep, RecordedEvent } from '../scans/group-steps';
import { publishEventsBy } from '../webhooks/publish-events';
import { type BindingScan, bindFirst } from './store';

/** Binds by the first scan, and tells webhooks, in the transaction that records the scans. */
export const bindingStep: GroupStep = {
  name: 'bindings',
  async inTransaction(connection, accountId, recorded) {
    const scans = recorded.flatMap(toBindingScan);
    if (scans.length === 0) return;
    const sql = sqlOfConnection(connection);
    const bound = await bindFirst(sql, accountId, scans);
    const events = bound.flatMap(({ id, externalUserId, codeId, place }) => {
      const scan = recorded[place];
      if (!scan) return [];
      const { pushed, personKey } = scan;
      const at = new Date(pushed.createTime * 1000);
      return {
        ...{ type: 'binding.scanned' as const, at },
        data: { bindingId: id, externalUserId, codeId, scannedAt: at.toISOString() },
        openid: { whole: pushed.openid, masked: maskOpenid(pushed.openid), personKey },
      };
    });
    const told = await publishEventsBy(sql, accountId, events);
    if (told > 0) recorded[0]?.wakes.push('deliveries');
  },
};

/** A binding's code serves no campaign and hangs nowhere: the scans of all others cost no query here. */
function toBindingScan(event: RecordedEvent, place: number): BindingScan[] {
  const { pushed, isFirstDelivery, codeId, campaignId, channelId, followerId } = event;
  const mayBind =
    isFirstDelivery && pushed.kind !== 'unsubscribe' && campaignId === null && channelId === null;
  if (!mayBind || codeId === null || followerId === null) return [];
  return [{ code: codeId, follower: followerId, at: pushed.createTime, place }];
}
