import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireDesign } from './require-design';
import { archiveDesignRow } from './store';
import { toDesignDto } from './to-design-dto';
import type { PrintDesignDto } from './types';

/**
 * Takes a design out of the lists; the default is none any more. What was printed with it can still be told. Done twice, it
 * is done once.
 *
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function archiveDesign(
  ctx: Context,
  accountId: string,
  designId: string,
): Promise<PrintDesignDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireDesign(ctx.db, accountId, designId);
  if (before.archivedAt !== null) return toDesignDto(before);
  return ctx.db.$transaction(async (tx) => {
    const row = await archiveDesignRow(tx, before.id, ctx.clock.now());
    await recordAudit(ctx, tx, {
      action: 'design.archive',
      target: { kind: 'design', id: row.id, label: row.name },
      accountId,
      details: before.isDefault ? { wasDefault: true } : {},
    });
    return toDesignDto(row);
  });
}
