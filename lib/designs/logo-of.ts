import { invalidField } from '../errors';
import { idSchema } from '../field-issues';
import type { PrintDesignSettings } from '../print/design-types';

/**
 * The logo that settings name; null: none.
 *
 * @throws AppError VALIDATION_FAILED  it is no id of a logo
 */
export function logoOf({ logo }: Pick<PrintDesignSettings, 'logo'>): string | null {
  if (logo === null) return null;
  if (!idSchema.safeParse(logo.id).success) throw invalidField('settings.logo.id', 'unknown', 'no such logo');
  return logo.id;
}
