import 'server-only';
import { sqlOfConnection } from '../db/sql';
import { maskOpenid } from '../scans/format';
import type { GroupStep, RecordedEvent } from '../scans/group-steps';
import { type PublishedEvent, publishEventsBy } from './publish-events';

/** Tells webhooks of scans, follows and unfollows, in the transaction that records them. */
export const webhookStep: GroupStep = {
  name: 'webhooks',
  async inTransaction(connection, accountId, recorded) {
    const first = recorded.filter(({ isFirstDelivery, eventId }) => isFirstDelivery && eventId !== null);
    const told = await publishEventsBy(sqlOfConnection(connection), accountId, first.flatMap(toEvents));
    if (told > 0) first[0]?.wakes.push('deliveries');
  },
};

function toEvents({
  pushed,
  eventId,
  codeId,
  channelId,
  campaignId,
  scene,
  follow,
  personKey,
}: RecordedEvent): PublishedEvent[] {
  const { kind, openid, createTime } = pushed;
  const common = {
    at: new Date(createTime * 1000),
    data: { scanId: eventId, event: kind, codeId, channelId, campaignId, scene },
    // An unfollow takes the openid with it: WeChat wants it forgotten.
    openid: {
      whole: kind === 'unsubscribe' ? null : openid,
      masked: kind === 'unsubscribe' ? null : maskOpenid(openid),
      personKey,
    },
  };
  return [
    ...(scene !== null ? [{ type: 'scan.recorded' as const, ...common }] : []),
    ...(kind === 'subscribe'
      ? [{ type: 'follower.gained' as const, ...common, data: { ...common.data, isNew: follow === 'new' } }]
      : []),
    ...(kind === 'unsubscribe' ? [{ type: 'follower.lost' as const, ...common }] : []),
  ];
}
