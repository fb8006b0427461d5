import 'server-only';
import type { Context } from '../context';
import { issueCode } from './issue-code';
import { wakeIssueWorker } from './issue-worker';
import { requireCode } from './require-code';
import { type CodeRecord, isIssuedLater, reserveCode, type WantedCode } from './reserve-code';
import type { CodeDto } from './types';

/**
 * Reserves one code and asks WeChat for it. For services that have authorised and checked what it is made from; what comes
 * back and what is thrown, see `createCode`.
 *
 * @param record  for the audit; or what is written with the code in its transaction, audit included
 */
export async function makeCode(
  ctx: Context,
  accountId: string,
  wanted: WantedCode,
  record: CodeRecord,
): Promise<CodeDto> {
  const isHeldBack = await isIssuedLater(ctx, accountId, wanted.kind);
  const claim = await reserveCode(ctx, accountId, wanted, isHeldBack, record);
  if (!isHeldBack) await issueCode(ctx, claim);
  const made = await requireCode(ctx, ctx.db, accountId, claim.id);
  if (made.status === 'reserved') wakeIssueWorker();
  return made;
}
