import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { refusePersonLaws, toAccess } from './access';
import { authorise } from './authorise';
import { deleteUnspentLinksOf } from './link-store';
import { createLink } from './one-time-links';
import { personNotFound, toPersonDto } from './people';
import { invitePersonSchema, personIdSchema } from './schemas';
import { findPersonRow, insertPerson } from './store';
import type { LinkDto, PersonDto } from './types';

/**
 * Makes a person with a role and accounts, and the link by which they choose a password. Nothing is mailed: the admin
 * hands the link on. Who comes by single sign-on needs no link, only the same e-mail.
 *
 * @throws AppError VALIDATION_FAILED  `email: taken`, `accountIds: unknown`, and what the schema refuses
 */
export async function invitePerson(
  ctx: Context,
  input: unknown,
): Promise<{ person: PersonDto; link: LinkDto }> {
  authorise(ctx, 'admin');
  const { email, name, ...wanted } = parseInput(invitePersonSchema, input);
  const access = toAccess(wanted);
  return refusePersonLaws(() =>
    ctx.db.$transaction(async (tx) => {
      const row = await insertPerson(tx, { email, name, ...access, createdAt: ctx.clock.now() });
      const link = await createLink(ctx, tx, 'invitation', row.id);
      await recordAudit(ctx, tx, {
        action: 'person.invite',
        target: { kind: 'person', id: row.id, label: email },
        details: access,
      });
      return { person: toPersonDto(ctx, row, null), link };
    }),
  );
}

/**
 * A new link for somebody: to accept the invitation, or to choose a new password. Earlier links stop working.
 *
 * @throws AppError NOT_FOUND  nobody, or disabled
 */
export async function createPersonLink(ctx: Context, input: unknown): Promise<LinkDto> {
  authorise(ctx, 'admin');
  const { personId } = parseInput(personIdSchema, input);
  const id = requireId(personId, 'person');
  return ctx.db.$transaction(async (tx) => {
    const person = await findPersonRow(tx, id);
    if (person === null || person.disabledAt !== null) throw personNotFound(id);
    await deleteUnspentLinksOf(tx, id);
    const purpose =
      person.passwordHash === null && person.oidcSubject === null ? 'invitation' : 'password_reset';
    const link = await createLink(ctx, tx, purpose, id);
    await recordAudit(ctx, tx, {
      action: 'link.create',
      target: { kind: 'person', id, label: person.email },
      details: { purpose },
    });
    return link;
  });
}
