import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { authorise } from './authorise';
import { insertFirstAdmin } from './first-admin';
import { createLink } from './one-time-links';
import { findAdminRow, type PersonRow } from './store';
import type { LinkPurpose } from './types';

/** The person whom the demo's link signs in. Has no password, so nobody gets in without the link. */
export const demoAdmin = { email: 'demo@localhost.localdomain', name: 'Demo' };

/**
 * The link that the start command prints, for whoever reads its output: they run this installation.
 *
 * Demo: always, signs in as an admin (the demo's own, who is made where there is none). Otherwise: sets up the first
 * admin while there is none; and while no admin has a password or single sign-on, as after a demo, signs in as that one.
 *
 * @returns the address, or null when an admin can sign in on their own
 */
export async function createStartLink(ctx: Context, { demo }: { demo: boolean }): Promise<string | null> {
  authorise(ctx, 'admin');
  return ctx.db.$transaction(async (tx) => {
    const make = async (purpose: LinkPurpose, person: PersonRow | null) => {
      const { url } = await createLink(ctx, tx, purpose, person?.id ?? null);
      await recordAudit(ctx, tx, {
        action: 'link.create',
        target: { kind: 'person', id: person?.id, label: person?.email },
        details: { purpose },
      });
      return url;
    };
    if (!demo && (await findAdminRow(tx, 'withOwnWayIn')) !== null) return null;
    const admin =
      (await findAdminRow(tx, 'any')) ?? (demo ? await insertFirstAdmin(ctx, tx, demoAdmin, 'demo') : null);
    return admin === null ? make('first_run', null) : make('sign_in', admin);
  });
}
