import 'server-only';
import type { BackgroundTask } from '../background/task';
import { notify } from '../notifications/notify';
import { publishEvents } from '../webhooks/publish-events';
import { claimExpiryRound, countExpiringByCampaign } from './expiry-store';

/** How long before their end codes are told of. Shorter-lived ones would be told of as they are made, and are left out. */
const ahead = { days: 3 };
const dayMs = 86_400_000;

/**
 * Tells people of issued temporary codes that will soon expire: once a day and campaign, each code once. The account's row
 * holds how far has been told; it moves on in the transaction that tells.
 */
export const tellExpiringCodesTask: BackgroundTask = {
  name: 'tell expiring codes',
  everySeconds: 600,
  run: async ({ db, clock }) => {
    const now = clock.now();
    const until = new Date(now.getTime() + ahead.days * dayMs);
    return db.$transaction(async (tx) => {
      const round = await claimExpiryRound(tx, { now, until, toldBefore: new Date(until.getTime() - dayMs) });
      if (!round) return false;
      const { accountId, from } = round;
      const window = { from, until, longerThanSeconds: (ahead.days * dayMs) / 1000 };
      const groups = await countExpiringByCampaign(tx, accountId, window);
      for (const each of groups) {
        await notify(tx, {
          kind: 'codes.expiring',
          accountId,
          data: { campaign: each.campaign ?? '', count: each.count, firstAt: each.firstAt.toISOString() },
          href: each.campaignId
            ? `/codes?campaignId=${each.campaignId}&kind=temporary&sort=expiresAt&order=asc`
            : '/codes?kind=temporary&sort=expiresAt&order=asc',
          audience: { role: 'marketer' },
          dedupeKey: `codes.expiring:${accountId}:${each.campaignId ?? ''}:${until.toISOString()}`,
        });
      }
      await publishEvents(
        tx,
        accountId,
        groups.map(({ campaignId, campaign, count, firstAt }) => ({
          type: 'code.expiring',
          at: now,
          data: { campaignId, campaign, count, firstAt: firstAt.toISOString(), until: until.toISOString() },
        })),
      );
      return true;
    });
  },
};
