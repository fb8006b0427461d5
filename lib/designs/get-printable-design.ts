import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import type { LogoImage, PrintDesignSettings } from '../print/design-types';
import type { SheetSettings } from '../print/sheet-types';
import { findLogoBytes } from './logo-store';
import { requireDesign } from './require-design';
import { findVersionRow } from './store';
import { toSettings, toSheet } from './to-design-dto';

export type PrintableDesign = {
  id: string;
  name: string;
  version: number;
  settings: PrintDesignSettings;
  sheet: SheetSettings | null;
  logo: LogoImage | null;
};

/**
 * All that drawing with a design takes, its logo's pixels included. Archived designs print as well.
 *
 * @param version  a job names the one that it began with; the present one when left out
 * @throws AppError NOT_FOUND  malformed, unknown, of another account, or never of that version
 */
export async function getPrintableDesign(
  ctx: Context,
  accountId: string,
  designId: string,
  version?: number,
): Promise<PrintableDesign> {
  authorise(ctx, 'viewer', accountId);
  const present = await requireDesign(ctx.db, accountId, designId);
  const wanted = version ?? present.version;
  const row = await findVersionRow(ctx.db, accountId, present.id, wanted);
  if (!row)
    throw new AppError('NOT_FOUND', `design ${designId} has no version ${wanted}`, { what: 'design' });
  return {
    id: present.id,
    name: row.name,
    version: wanted,
    settings: toSettings(row.settings),
    sheet: toSheet(row.sheet),
    logo: row.logoId === null ? null : await findLogoBytes(ctx.db, accountId, row.logoId),
  };
}
