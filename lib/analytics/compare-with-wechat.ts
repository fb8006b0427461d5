import 'server-only';
import type { Context } from '../context';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getCounting } from './get-counting';
import { readWeChatDays } from './reports-store';
import { resolveRange } from './resolve-range';
import { type SummaryInput, summarySchema } from './schemas';
import type { WeChatDayDto } from './types';

/** getusersummary: "30: scanned a QR code". */
const SCANNED = 30;

/**
 * Our follows by code, new and again, beside WeChat's own daily totals of those who followed by scanning.
 *
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function compareWithWeChat(
  ctx: Context,
  accountId: string,
  input: Pick<SummaryInput, 'from' | 'to'>,
): Promise<WeChatDayDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const given = parseInput(summarySchema, { from: input.from, to: input.to });
  const { today } = await getCounting(ctx, accountId);
  const range = resolveRange(given, today);
  const rows = await readWeChatDays(ctx.db, accountId, range, SCANNED);
  return rows.map(({ day, follows, new_users }) => ({
    day,
    follows,
    wechatNewUsers: new_users,
    difference: new_users === null ? null : follows - new_users,
  }));
}
