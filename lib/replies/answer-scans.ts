import 'server-only';
import { sqlOfConnection } from '../db/sql';
import type { GroupStep } from '../scans/group-steps';
import { buildNewsReply, buildTextReply, type ReplyAddress } from '../wechat';
import { fillReply, isBlank } from './format';
import { replyContentSchema } from './schemas';
import { findGiven, findRepliesFor, insertGiven } from './store';
import type { ReplyContent } from './types';

/**
 * Settles what each scan is answered with, in the transaction that records it; a scan that comes again gets what it was
 * given before, since that answer may have been lost.
 */
export const replyStep: GroupStep = {
  name: 'replies',
  async inTransaction(connection, accountId, recorded) {
    const sql = sqlOfConnection(connection);
    const scans = recorded.flatMap(({ isFirstDelivery, codeId, campaignId, channelId, pushed }, place) =>
      isFirstDelivery && codeId !== null && pushed.kind !== 'unsubscribe'
        ? [{ place, codeId, campaignId, channelId }]
        : [],
    );
    const found = scans.length === 0 ? [] : await findRepliesFor(sql, scans);
    const given = found.flatMap(({ place, label, campaign, channel, forNew, forReturning }) => {
      const event = recorded[place];
      if (!event) return [];
      const content = replyContentSchema.parse(event.follow === 'new' ? forNew : (forReturning ?? forNew));
      const values = { label, campaign: campaign ?? '', channel: channel ?? '', scene: event.scene ?? '' };
      const filled = fillReply(content, values);
      if (isBlank(filled)) return [];
      event.reply = filled;
      return [{ digest: event.digest, content: event.reply }];
    });
    if (given.length > 0) await insertGiven(sql, accountId, given);
    const again = recorded.filter(({ isFirstDelivery, pushed }) => !isFirstDelivery && pushed.scene !== null);
    if (again.length === 0) return;
    const before = await findGiven(
      sql,
      accountId,
      again.map(({ digest }) => digest),
    );
    const byDigest = new Map(before.map(({ digest, content }) => [digest, content]));
    for (const event of again) event.reply = byDigest.get(event.digest) ?? null;
  },
};

/** The passive reply's XML. */
export function toReplyXml(content: ReplyContent, address: ReplyAddress): string {
  return content.kind === 'text' ? buildTextReply(address, content.text) : buildNewsReply(address, [content]);
}
