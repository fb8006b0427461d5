import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Db } from '../db/open-database';
import { type Sql, sqlOf } from '../db/sql';
import { enqueueDeliveriesBy } from '../deliveries/enqueue-deliveries';
import { findListeners } from './store';
import type { WebhookEvent, WebhookPayload } from './types';

/**
 * `openid`, where an event has one, goes out masked unless the webhook may see it whole; `data` holds it nowhere else.
 */
export type PublishedEvent = {
  type: WebhookEvent;
  at: Date;
  data: Record<string, unknown>;
  openid?: { whole: string | null; masked: string | null; personKey: string };
};

/**
 * Hands what has happened to the webhooks of an account that want to know, in the transaction in which it happens: they are
 * told when it is committed, or never. One query where nobody listens.
 *
 * @returns how many messages leave
 */
export function publishEvents(tx: Db, accountId: string, events: readonly PublishedEvent[]): Promise<number> {
  return publishEventsBy(sqlOf(tx), accountId, events);
}

/** The same, for a transaction that is not Prisma's. */
export async function publishEventsBy(
  sql: Sql,
  accountId: string,
  events: readonly PublishedEvent[],
): Promise<number> {
  if (events.length === 0) return 0;
  const listeners = await findListeners(sql, accountId, [...new Set(events.map(({ type }) => type))]);
  if (listeners.length === 0) return 0;
  const messages = events.flatMap(({ type, at, data, openid }) => {
    const id = randomUUID();
    return listeners
      .filter((listener) => listener.events.includes(type))
      .map(({ id: targetId, seesOpenids }) => {
        const known = openid ? { ...data, openid: seesOpenids ? openid.whole : openid.masked } : data;
        const payload: WebhookPayload = { id, type, at: at.toISOString(), accountId, data: known };
        return {
          accountId,
          kind: 'webhook' as const,
          targetId,
          eventType: type,
          payload: JSON.stringify(payload),
          personKey: openid?.whole && seesOpenids ? openid.personKey : null,
        };
      });
  });
  await enqueueDeliveriesBy(sql, messages);
  return messages.length;
}
