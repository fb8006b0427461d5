import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { findAdminRow, hasAdmin, insertPerson, lockFirstAdmin, type PersonRow } from './store';

/**
 * Makes the first admin, in a transaction. Of any number who try at once, in any number of processes, one does.
 *
 * @param how  `first_run` by link, `settings` by ADMIN_EMAIL, `demo`
 * @returns null  there is an admin already
 */
export async function insertFirstAdmin(
  ctx: Pick<Context, 'clock'>,
  tx: Db,
  admin: { email: string; name: string; passwordHash?: string },
  how: 'first_run' | 'settings' | 'demo',
): Promise<PersonRow | null> {
  await lockFirstAdmin(tx);
  if (await hasAdmin(tx)) return null;
  const person = await insertPerson(tx, {
    ...admin,
    role: 'admin',
    allAccounts: true,
    accountIds: [],
    createdAt: ctx.clock.now(),
  });
  await recordAudit({ actor: { kind: 'system', name: how } }, tx, {
    action: 'person.firstAdmin',
    target: { kind: 'person', id: person.id, label: person.email },
    details: { how },
  });
  return person;
}

/**
 * Whether the only way in is the link that the start command prints: before the first run, and in a demo.
 *
 * Open to strangers: the sign-in page says so.
 */
export async function isStartLinkNeeded(ctx: Pick<Context, 'db'>): Promise<boolean> {
  return (await findAdminRow(ctx.db, 'withOwnWayIn')) === null;
}
