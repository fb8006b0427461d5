import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { parseInput } from '../field-issues';
import { insertFirstAdmin } from './first-admin';
import { deleteUnspentLinksOf } from './link-store';
import { findLink, limitSpending, spendLink } from './one-time-links';
import { hashPassword } from './password-hash';
import { firstAdminSchema, invitationAnswerSchema, passwordResetSchema, spendLinkSchema } from './schemas';
import { endSessions } from './session-store';
import { openSession, toUserActor } from './sessions';
import { findPersonRow, holdPerson, type PersonRow, updatePersonRow } from './store';
import type { Device, LinkPurpose, OpenedSession } from './types';

type LinkContext = Pick<Context, 'db' | 'clock'>;

/** What is entered on the page of a link; which fields, its purpose says. */
export type LinkAnswer = { email?: string; name?: string; password?: string };

/**
 * Spends a one-time link and signs in whom it is for. Open to strangers: the link is the proof.
 *
 * `first_run` takes e-mail, name and password and makes the first admin; `invitation` takes name and password;
 * `password_reset` takes the new password and ends all older sessions; `sign_in` takes nothing.
 *
 * @throws AppError LINK_INVALID  spent, expired, replaced, or an admin exists already (`first_run`)
 * @throws AppError VALIDATION_FAILED  the link is not spent then
 * @throws AppError RATE_LIMITED
 */
export async function signInWithLink(
  ctx: LinkContext,
  token: string,
  input: unknown,
  device: Device,
): Promise<OpenedSession & { purpose: LinkPurpose }> {
  await limitSpending(ctx, device);
  const given = parseInput(spendLinkSchema, input);
  const link = await findLink(ctx, token);
  if (link === null) throw linkInvalid();
  const answer = await readAnswer(link.purpose, given);

  return ctx.db.$transaction(async (tx) => {
    const spent = await spendLink(ctx, tx, token);
    if (spent === null || spent.purpose !== link.purpose) throw linkInvalid();
    const person = await admit(ctx, tx, spent, answer);
    const sessionId = await openSession(ctx, tx, person, device, 'link');
    return { sessionId, locale: person.locale, purpose: spent.purpose };
  });
}

type ReadAnswer = { email?: string; name?: string; passwordHash?: string };

/** Hashing is slow, so it is done before the transaction begins. */
async function readAnswer(purpose: LinkPurpose, given: LinkAnswer): Promise<ReadAnswer> {
  switch (purpose) {
    case 'first_run': {
      const { password, ...who } = parseInput(firstAdminSchema, given);
      return { ...who, passwordHash: await hashPassword(password) };
    }
    case 'invitation': {
      const { password, name } = parseInput(invitationAnswerSchema, given);
      return { name, passwordHash: await hashPassword(password) };
    }
    case 'password_reset':
      return { passwordHash: await hashPassword(parseInput(passwordResetSchema, given).password) };
    case 'sign_in':
      return {};
  }
}

async function admit(
  ctx: LinkContext,
  tx: Db,
  { purpose, userId }: { purpose: LinkPurpose; userId: string | null },
  { email, name, passwordHash }: ReadAnswer,
): Promise<PersonRow> {
  if (purpose === 'first_run') {
    const admin =
      email && name && passwordHash
        ? await insertFirstAdmin(ctx, tx, { email, name, passwordHash }, 'first_run')
        : null;
    if (admin === null) throw linkInvalid();
    return admin;
  }
  const person = userId === null ? null : await findPersonRow(tx, userId);
  if (person === null || !(await holdPerson(tx, person.id, person.passwordHash))) throw linkInvalid();
  if (purpose === 'sign_in') return person;

  const now = ctx.clock.now();
  await updatePersonRow(tx, person.id, { passwordHash, ...(name ? { name } : {}) });
  await deleteUnspentLinksOf(tx, person.id);
  const endedSessions = await endSessions(tx, { userId: person.id }, now, 'password_changed');
  await recordAudit({ actor: toUserActor(person, '') }, tx, {
    action: purpose === 'invitation' ? 'person.acceptInvitation' : 'person.resetPassword',
    target: { kind: 'person', id: person.id, label: person.email },
    details: { endedSessions },
  });
  return { ...person, name: name ?? person.name };
}

function linkInvalid(): AppError {
  return new AppError('LINK_INVALID', 'the link was spent, has expired or was never made');
}
