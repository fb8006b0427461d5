import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { logoOf } from './logo-of';
import { refusalOf } from './refusal-of';
import { requireSheetFits } from './require-sheet-fits';
import { type CreateDesignInput, createDesignSchema } from './schemas';
import { insertDesign } from './store';
import { toDesignDto } from './to-design-dto';
import type { PrintDesignDto } from './types';

/**
 * Saves a design under a name that no other living one of the account has.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields`; also what does not hold together: size, contrast, logo, sheet
 * @throws AppError NOT_FOUND  no such account, or not granted
 */
export async function createDesign(
  ctx: Context,
  accountId: string,
  input: CreateDesignInput,
): Promise<PrintDesignDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const design = parseInput(createDesignSchema, input);
  requireSheetFits(design.sheet, design.settings);
  const logoId = logoOf(design.settings);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const row = await insertDesign(tx, { accountId, ...design, logoId });
      await recordAudit(ctx, tx, {
        action: 'design.create',
        target: { kind: 'design', id: row.id, label: row.name },
        accountId,
      });
      return toDesignDto(row);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}
