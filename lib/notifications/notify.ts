import 'server-only';
import type { Db } from '../db/open-database';
import { enqueueDeliveries } from '../deliveries/enqueue-deliveries';
import type { UserRole } from '../people/types';
import { type MessagePayload, toPayload } from './message-payload';
import { findEnabledSenders } from './sender-store';
import { insertNotification } from './store';
import type { Told } from './types';

/** For those of an account with at least this role, or for one person alone. */
export type Audience = { role: UserRole } | { userId: string };

export type NewNotification = Told & {
  /** null: of the installation as a whole. */
  accountId: string | null;
  /** The page where it is decided, from the root of this app: `/batches/ID`. */
  href: string;
  audience: Audience;
  /** What is told with the same key is told once, by whatever process; it names account and thing. */
  dedupeKey?: string;
};

/**
 * Tells people of something, on the page and by each sender that carries this kind, in the transaction of what it tells.
 *
 * @returns false where it was told before
 */
export async function notify(tx: Db, notification: NewNotification): Promise<boolean> {
  const { accountId, kind, data, href, audience, dedupeKey } = notification;
  const id = await insertNotification(tx, {
    accountId,
    kind,
    data,
    href,
    role: 'role' in audience ? audience.role : 'viewer',
    userId: 'userId' in audience ? audience.userId : null,
    dedupeKey: dedupeKey ?? null,
  });
  if (id === null) return false;
  const senders = await findEnabledSenders(tx, kind);
  const told = { kind, data } as Told;
  const message: MessagePayload = { ...told, notificationId: id, accountId };
  await enqueueDeliveries(
    tx,
    senders.map((targetId) => ({
      accountId,
      kind: 'notification',
      targetId,
      eventType: kind,
      payload: toPayload(message),
    })),
  );
  return true;
}
