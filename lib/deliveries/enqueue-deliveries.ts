import 'server-only';
import { randomUUID } from 'node:crypto';
import { announceBackgroundBy } from '../background/announce';
import type { Db } from '../db/open-database';
import { type Sql, sqlOf } from '../db/sql';
import { appSecret } from '../env';
import { seal } from '../secrets';
import { insertDeliveries, settleNew } from './store';
import type { DeliveryOutcome, NewDelivery } from './types';

/**
 * Hands messages over to the queue, in the transaction of what they tell: they leave when it is committed, or never.
 *
 * Each is tried for a day, with growing waits, and at least once: a message may come twice, never not at all. Call
 * `wakeBackground('deliveries')` after the commit where it should leave at once.
 *
 * @returns their ids, in order
 */
export function enqueueDeliveries(tx: Db, messages: readonly NewDelivery[]): Promise<string[]> {
  return enqueueDeliveriesBy(sqlOf(tx), messages);
}

/** The same, for a transaction that is not Prisma's. */
export async function enqueueDeliveriesBy(sql: Sql, messages: readonly NewDelivery[]): Promise<string[]> {
  if (messages.length === 0) return [];
  const secret = appSecret();
  const rows = messages.map(({ payload, personKey = null, ...message }) => {
    const id = randomUUID();
    return { ...message, id, personKey, payloadSealed: seal(secret, payloadPlace(id), payload) };
  });
  await insertDeliveries(sql, rows);
  await announceBackgroundBy(sql, 'deliveries');
  return rows.map(({ id }) => id);
}

/** Writes into the log what was sent without the queue, and is not to be tried again by itself. */
export async function logDeliveryBy(sql: Sql, message: NewDelivery, outcome: DeliveryOutcome): Promise<void> {
  const [id] = await enqueueDeliveriesBy(sql, [message]);
  if (id) await settleNew(sql, id, outcome);
}

export function payloadPlace(deliveryId: string): string {
  return `delivery:${deliveryId}:payload`;
}
