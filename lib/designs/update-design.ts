import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput } from '../field-issues';
import { authorise } from '../people/authorise';
import { logoOf } from './logo-of';
import { refusalOf } from './refusal-of';
import { requireDesign } from './require-design';
import { requireSheetFits } from './require-sheet-fits';
import { type UpdateDesignInput, updateDesignSchema } from './schemas';
import { changeDesignOfVersion, type DesignValues } from './store';
import { toDesignDto, toSettings, toSheet } from './to-design-dto';
import type { PrintDesignDto } from './types';

/**
 * Changes a design; what is left out stays as it is. The former version stays too: what was printed with it can be told.
 *
 * @param input.version  the one that the edit began with
 * @throws AppError CONFLICT  somebody else has changed it since: `details.version` is the present one. Nothing is overwritten
 * @throws AppError VALIDATION_FAILED  `details.fields`
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function updateDesign(
  ctx: Context,
  accountId: string,
  designId: string,
  input: UpdateDesignInput,
): Promise<PrintDesignDto> {
  authorise(ctx, 'marketer', accountId);
  const before = await requireDesign(ctx.db, accountId, designId);
  const { version, ...given } = parseInput(updateDesignSchema, input);
  const stale = (present: number) =>
    new AppError('CONFLICT', `design ${designId} is at version ${present}, not ${version}`, {
      what: 'design',
      version: present,
    });
  if (before.version !== version) throw stale(before.version);
  requireSheetFits(
    given.sheet === undefined ? toSheet(before.sheet) : given.sheet,
    given.settings ?? toSettings(before.settings),
  );
  const changes: Partial<DesignValues> = {
    ...given,
    ...(given.settings ? { logoId: logoOf(given.settings) } : {}),
  };
  const fields = changedFields(before, given);
  if (fields.length === 0) return toDesignDto(before);
  try {
    return await ctx.db.$transaction(async (tx) => {
      const change = { ...changes, updatedAt: ctx.clock.now() };
      const row = await changeDesignOfVersion(tx, before.id, version, change);
      if (row === null) throw stale(version + 1);
      await recordAudit(ctx, tx, {
        action: 'design.update',
        target: { kind: 'design', id: row.id, label: row.name },
        accountId,
        details: {
          version: row.version,
          fields,
          ...(row.name === before.name ? {} : { formerName: before.name }),
        },
      });
      return toDesignDto(row);
    });
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The names of what differs, settings one by one. A version that differs in nothing is none. */
function changedFields(
  before: { name: string; settings: unknown; sheet: unknown },
  given: { name?: string; settings?: object; sheet?: object | null },
): string[] {
  const fields: string[] = [];
  if (given.name !== undefined && given.name !== before.name) fields.push('name');
  const former: Record<string, unknown> = { ...(before.settings as object) };
  for (const [name, value] of Object.entries(given.settings ?? {})) {
    if (sorted(value) !== sorted(former[name])) fields.push(name);
  }
  if (given.sheet !== undefined && sorted(given.sheet) !== sorted(before.sheet)) fields.push('sheet');
  return fields;
}

/** jsonb keeps no order of names. */
const sorted = (value: unknown) =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
