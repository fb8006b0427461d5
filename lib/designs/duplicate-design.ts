import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { freeName } from './free-name';
import { refusalOf } from './refusal-of';
import { requireDesign } from './require-design';
import { insertDesign } from './store';
import { toDesignDto, toSettings, toSheet } from './to-design-dto';
import type { PrintDesignDto } from './types';

/**
 * A second design like the first, to be changed without touching it. Its name gets a number.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function duplicateDesign(
  ctx: Context,
  accountId: string,
  designId: string,
): Promise<PrintDesignDto> {
  authorise(ctx, 'marketer', accountId);
  const model = await requireDesign(ctx.db, accountId, designId);
  const settings = toSettings(model.settings);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const row = await insertDesign(tx, {
        accountId,
        name: await freeName(tx, accountId, model.name),
        settings,
        sheet: toSheet(model.sheet),
        logoId: model.logo?.id ?? null,
      });
      await recordAudit(ctx, tx, {
        action: 'design.duplicate',
        target: { kind: 'design', id: row.id, label: row.name },
        accountId,
        details: { from: model.name, version: model.version },
      });
      return toDesignDto(row);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}
