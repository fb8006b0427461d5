import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { countImport, insertExternalIds, insertExternalStrs, insertImport } from './external-store';
import { findAccountRow, lockLedger, updateAccountRow } from './store';
import type { ExternalSource, ExternalUseDto, SceneRange } from './types';

export type ExternalUse = {
  source: ExternalSource;
  fileName: string | null;
  none: boolean;
  /** In order, not touching. */
  ranges: SceneRange[];
  /** Each once. */
  strs: string[];
};

/** Enters what other systems have used as one import, which can be undone. For services that have authorised. */
export function recordExternalUse(
  ctx: Context,
  accountId: string,
  { source, fileName, none, ranges, strs }: ExternalUse,
): Promise<ExternalUseDto> {
  const importId = randomUUID();
  const total = strs.length + countIds(ranges);
  const { actor } = ctx;
  return ctx.db.$transaction(
    async (tx) => {
      await lockLedger(tx, accountId);
      const row = await findAccountRow(tx, accountId);
      if (!row) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
      const createdAt = ctx.clock.now();
      const createdByName = actor.kind === 'stranger' ? '' : actor.name;
      await insertImport(tx, {
        ...{ id: importId, accountId, source, fileName, none, ranges, strs, createdByName, createdAt },
      });
      const added =
        (await insertExternalIds(tx, accountId, importId, ranges)) +
        (await insertExternalStrs(tx, accountId, importId, strs));
      const known = total - added;
      await countImport(tx, importId, { added, known });
      const declaredAt = row.externalDeclaredAt ?? createdAt;
      await updateAccountRow(tx, accountId, { externalDeclaredAt: declaredAt });
      await recordAudit(ctx, tx, {
        action: 'account.declareExternal',
        target: { kind: 'account', id: accountId, label: row.name },
        accountId,
        details: {
          importId,
          none,
          fileName,
          ranges: ranges.slice(0, 50),
          strings: strs.length,
          added,
          known,
        },
      });
      return { importId, declaredAt: declaredAt.toISOString(), added, known };
    },
    { timeout: 60_000 },
  );
}

export function countIds(ranges: readonly SceneRange[]): number {
  return ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** In order, with those that overlap or touch made one. */
export function joinRanges(ranges: readonly SceneRange[]): SceneRange[] {
  const joined: SceneRange[] = [];
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}
