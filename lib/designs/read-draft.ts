import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { idSchema, parseInput } from '../field-issues';
import { designSettingsSchema } from '../print/design-schemas';
import type { LogoImage, PrintDesignSettings } from '../print/design-types';
import { findLogoBytes } from './logo-store';

/**
 * Settings that somebody is still typing, with the pixels of the logo that they name.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields`: they do not hold together yet
 */
export async function readDraft(
  { db }: Pick<Context, 'db'>,
  accountId: string,
  draft: unknown,
): Promise<{ settings: PrintDesignSettings; logo: LogoImage | null }> {
  const settings = parseInput(designSettingsSchema, draft);
  const id = settings.logo?.id;
  if (id === undefined) return { settings, logo: null };
  const logo = idSchema.safeParse(id).success ? await findLogoBytes(db, accountId, id) : null;
  if (!logo) throw invalidField('logo.id', 'unknown', 'no such logo');
  return { settings, logo };
}
