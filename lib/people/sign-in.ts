import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { type AppError, invalidField } from '../errors';
import { parseInput } from '../field-issues';
import { forgiveHit, limitRate, personalBucket, type Rate } from '../rate-limits/limit-rate';
import { verifyPassword } from './password-hash';
import { emailSchema, signInSchema } from './schemas';
import { openSession, toUserActor } from './sessions';
import { findPersonRowByEmail, findPersonRowBySubject, holdPerson, updatePersonRow } from './store';
import type { Device, OpenedSession } from './types';

const perEmail: Rate = { limit: 10, windowSeconds: 900 };
/** A whole office may stand behind one address. */
const perAddress: Rate = { limit: 60, windowSeconds: 900 };

type SignInContext = Pick<Context, 'db' | 'clock'>;

/**
 * Signs in by e-mail and password, and opens a session. Open to strangers; every try counts against the e-mail and the
 * address until it succeeds.
 *
 * @throws AppError RATE_LIMITED
 * @throws AppError VALIDATION_FAILED  `password: credentialsWrong`, the same for an unknown e-mail and a wrong password;
 *   `email: personDisabled` only for who knew the password
 */
export async function signInWithPassword(
  ctx: SignInContext,
  input: unknown,
  device: Device,
): Promise<OpenedSession> {
  const { email, password } = parseInput(signInSchema, input);
  const emailBucket = personalBucket('sign-in.email', email);
  const addressBucket = personalBucket('sign-in.address', device.ipAddress);
  await limitRate(ctx, addressBucket, perAddress);
  await limitRate(ctx, emailBucket, perEmail);

  const person = await findPersonRowByEmail(ctx.db, email);
  const fits = await verifyPassword(person?.passwordHash ?? null, password);
  if (person === null || !fits) throw credentialsWrong();
  if (person.disabledAt !== null) {
    throw invalidField('email', 'personDisabled', 'this person was disabled');
  }

  const sessionId = await ctx.db.$transaction(async (tx) => {
    if (!(await holdPerson(tx, person.id, person.passwordHash))) throw credentialsWrong();
    return openSession(ctx, tx, person, device, 'password');
  });
  await forgiveHit(ctx, emailBucket, perEmail);
  await forgiveHit(ctx, addressBucket, perAddress);
  return { sessionId, locale: person.locale };
}

function credentialsWrong(): AppError {
  return invalidField('password', 'credentialsWrong', 'e-mail and password do not match');
}

/** What an OpenID Connect provider says of a person: claims of OpenID Connect Core 1.0, section 5.1. */
export type OidcClaims = { iss: string; sub: string; email?: string; email_verified?: boolean };

export type OidcRefusal = 'OidcUnverifiedEmail' | 'OidcNotInvited' | 'OidcOtherIdentity' | 'OidcDisabled';

/** Why single sign-on was refused; `reason` is the key of its sentence in the messages `auth.refused`. */
export class OidcRefusedError extends Error {
  override readonly name = 'OidcRefusedError';
  readonly reason: OidcRefusal;

  constructor(reason: OidcRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Signs in who an OpenID Connect provider has vouched for: somebody who came this way before (by subject), or somebody
 * invited (by an e-mail that the provider has verified), who is then tied to that subject. Nobody is created here.
 *
 * @throws OidcRefusedError
 */
export async function signInWithOidc(
  ctx: SignInContext,
  claims: OidcClaims,
  device: Device,
): Promise<OpenedSession> {
  const subject = `${claims.iss} ${claims.sub}`;
  return ctx.db.$transaction(async (tx) => {
    let person = await findPersonRowBySubject(tx, subject);
    if (person === null) {
      const email = emailSchema.safeParse(claims.email);
      if (!email.success || claims.email_verified !== true) throw new OidcRefusedError('OidcUnverifiedEmail');
      person = await findPersonRowByEmail(tx, email.data);
      if (person === null) throw new OidcRefusedError('OidcNotInvited');
      if (person.disabledAt !== null) throw new OidcRefusedError('OidcDisabled');
      if (person.oidcSubject !== null) throw new OidcRefusedError('OidcOtherIdentity');
      await updatePersonRow(tx, person.id, { oidcSubject: subject });
      await recordAudit({ actor: toUserActor(person, '') }, tx, {
        action: 'person.linkIdentity',
        target: { kind: 'person', id: person.id, label: person.email },
        details: { issuer: claims.iss },
      });
    }
    if (!(await holdPerson(tx, person.id, person.passwordHash))) throw new OidcRefusedError('OidcDisabled');
    return { sessionId: await openSession(ctx, tx, person, device, 'oidc'), locale: person.locale };
  });
}
