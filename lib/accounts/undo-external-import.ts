import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import {
  countBuiltOn,
  deleteScenesOf,
  findImport,
  hasImports,
  type ImportRow,
  markUndone,
  passScenesOn,
} from './external-store';
import { toImportDto } from './list-external-imports';
import { findAccountRow, lockLedger, updateAccountRow } from './store';
import type { ExternalImportDto } from './types';

/**
 * Takes an import back as a whole: its ids are free again, but for those that another import says too. Done twice, it is done
 * once. When nothing else has been said of the account, it counts as undeclared again.
 *
 * @throws AppError IMPORT_BUILT_ON  `details.count` of its scenes have become codes; nothing was changed
 * @throws AppError NOT_FOUND  malformed, unknown, or of another account
 */
export async function undoExternalImport(
  ctx: Context,
  accountId: string,
  importId: string,
): Promise<ExternalImportDto> {
  authorise(ctx, 'admin', accountId);
  const account = requireId(accountId, 'account');
  const id = requireId(importId, 'import');
  return ctx.db.$transaction(
    async (tx) => {
      await lockLedger(tx, account);
      const row = await requireImport(tx, account, id);
      const count = (await countBuiltOn(tx, [id])).get(id) ?? 0;
      if (row.undoneAt === null) {
        if (count > 0) throw new AppError('IMPORT_BUILT_ON', `${count} scenes have become codes`, { count });
        await undo(ctx, tx, account, row);
      }
      return toImportDto(await requireImport(tx, account, id), count);
    },
    { timeout: 60_000 },
  );
}

async function undo(ctx: Context, tx: Db, accountId: string, { id, fileName }: ImportRow): Promise<void> {
  const { actor, clock } = ctx;
  const kept = await passScenesOn(tx, accountId, id);
  const freed = await deleteScenesOf(tx, id);
  const undoneByName = actor.kind === 'stranger' ? '' : actor.name;
  await markUndone(tx, id, { undoneByName, undoneAt: clock.now() });
  const account = await findAccountRow(tx, accountId);
  const isUndeclared = !(await hasImports(tx, accountId));
  if (isUndeclared) await updateAccountRow(tx, accountId, { externalDeclaredAt: null });
  await recordAudit(ctx, tx, {
    action: 'account.undoExternal',
    target: { kind: 'account', id: accountId, label: account?.name ?? '' },
    accountId,
    details: { importId: id, fileName, freed, kept, isUndeclared },
  });
}

async function requireImport(tx: Db, accountId: string, id: string): Promise<ImportRow> {
  const row = await findImport(tx, accountId, id);
  if (!row) throw new AppError('NOT_FOUND', `no import ${id}`, { what: 'import' });
  return row;
}
