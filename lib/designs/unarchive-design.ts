import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { freeName } from './free-name';
import { refusalOf } from './refusal-of';
import { requireDesign } from './require-design';
import { archiveDesignRow, changeDesignOfVersion } from './store';
import { toDesignDto } from './to-design-dto';
import type { PrintDesignDto } from './types';

/**
 * The way back from `archiveDesign`. A design whose name another one has taken since comes back with a number behind it.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function unarchiveDesign(
  ctx: Context,
  accountId: string,
  designId: string,
): Promise<PrintDesignDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireDesign(ctx.db, accountId, designId);
  if (before.archivedAt === null) return toDesignDto(before);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const name = await freeName(tx, accountId, before.name);
      if (name !== before.name) {
        await changeDesignOfVersion(tx, before.id, before.version, { name, updatedAt: ctx.clock.now() });
      }
      const row = await archiveDesignRow(tx, before.id, null);
      await recordAudit(ctx, tx, {
        action: 'design.unarchive',
        target: { kind: 'design', id: row.id, label: row.name },
        accountId,
      });
      return toDesignDto(row);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}
