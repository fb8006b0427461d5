import 'server-only';
import type { Context } from '../context';
import { parseInput } from '../field-issues';
import { authorise } from './authorise';
import { insertFirstAdmin } from './first-admin';
import { hashPassword } from './password-hash';
import { emailSchema } from './schemas';
import { hasAdmin } from './store';

/**
 * Makes the first admin from ADMIN_EMAIL and ADMIN_PASSWORD; a later start changes nothing.
 *
 * @returns whether it was made now
 * @throws AppError VALIDATION_FAILED  no e-mail address
 */
export async function bootstrapAdmin(
  ctx: Context,
  { email, password }: { email: string; password: string },
): Promise<boolean> {
  authorise(ctx, 'admin');
  if (await hasAdmin(ctx.db)) return false;
  const address = parseInput(emailSchema, email);
  const passwordHash = await hashPassword(password);
  const name = address.slice(0, address.indexOf('@'));
  const made = await ctx.db.$transaction((tx) =>
    insertFirstAdmin(ctx, tx, { email: address, name, passwordHash }, 'settings'),
  );
  return made !== null;
}
