import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { forgiveHit, limitRate, personalBucket, type Rate } from '../rate-limits/limit-rate';
import { authorise } from './authorise';
import { deleteUnspentLinksOf } from './link-store';
import { hashPassword, verifyPassword } from './password-hash';
import { personNotFound } from './people';
import { changePasswordSchema, updateProfileSchema } from './schemas';
import { endSessions } from './session-store';
import { openSession, requireUser } from './sessions';
import { findPersonRow, holdPerson, lockPerson, updatePersonRow } from './store';
import type { Device, ProfileDto } from './types';

const passwordTries: Rate = { limit: 10, windowSeconds: 900 };

/** Who is signed in. @throws AppError FORBIDDEN  a key has no profile */
export async function getProfile(ctx: Context): Promise<ProfileDto> {
  authorise(ctx, 'viewer');
  const { id } = requireUser(ctx);
  const row = await findPersonRow(ctx.db, id);
  if (row === null) throw personNotFound(id);
  const { email, name, role, locale, passwordHash } = row;
  return { id, email, name, role, locale, hasPassword: passwordHash !== null };
}

/** Changes one's own name and, where it is given, language. */
export async function updateProfile(ctx: Context, input: unknown): Promise<void> {
  authorise(ctx, 'viewer');
  const { id } = requireUser(ctx);
  const changes = parseInput(updateProfileSchema, input);
  await ctx.db.$transaction(async (tx) => {
    const before = await findPersonRow(tx, id);
    if (before === null) throw personNotFound(id);
    await updatePersonRow(tx, id, changes);
    await recordAudit(ctx, tx, {
      action: 'person.updateProfile',
      target: { kind: 'person', id, label: before.email },
      details: { before: { name: before.name, locale: before.locale }, after: changes },
    });
  });
}

/** Remembers the language that somebody chose, so that their next browser speaks it too. */
export async function rememberLocale(ctx: Context, locale: string): Promise<void> {
  authorise(ctx, 'viewer');
  const { name } = await getProfile(ctx);
  await updateProfile(ctx, { name, locale });
}

/**
 * Changes one's own password. The old one is needed, unless there is none yet. All sessions end, links too; the browser
 * that asked gets a new session.
 *
 * @returns the id of that session
 * @throws AppError VALIDATION_FAILED  `oldPassword: passwordWrong`, or what the schema refuses
 * @throws AppError RATE_LIMITED
 */
export async function changePassword(ctx: Context, input: unknown, device: Device): Promise<string> {
  authorise(ctx, 'viewer');
  const { id } = requireUser(ctx);
  const { oldPassword, newPassword } = parseInput(changePasswordSchema, input);
  const bucket = personalBucket('change-password', id);
  await limitRate(ctx, bucket, passwordTries);
  const person = await findPersonRow(ctx.db, id);
  if (person === null) throw personNotFound(id);
  if (person.passwordHash !== null && !(await verifyPassword(person.passwordHash, oldPassword ?? ''))) {
    throw oldPasswordWrong();
  }
  const passwordHash = await hashPassword(newPassword);
  const sessionId = await ctx.db.$transaction(async (tx) => {
    await lockPerson(tx, id);
    if (!(await holdPerson(tx, id, person.passwordHash))) throw oldPasswordWrong();
    await updatePersonRow(tx, id, { passwordHash });
    await deleteUnspentLinksOf(tx, id);
    const endedSessions = await endSessions(tx, { userId: id }, ctx.clock.now(), 'password_changed');
    await recordAudit(ctx, tx, {
      action: 'person.changePassword',
      target: { kind: 'person', id, label: person.email },
      details: { endedSessions },
    });
    return openSession(ctx, tx, person, device, 'password');
  });
  await forgiveHit(ctx, bucket, passwordTries);
  return sessionId;
}

function oldPasswordWrong() {
  return invalidField('oldPassword', 'passwordWrong', 'the old password does not fit');
}
