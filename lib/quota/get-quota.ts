import 'server-only';
import { weChatDay } from '../accounts/wechat-day';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { findCallLimit } from './call-limit';
import { countCalls, findCounts, isAnswering } from './store';
import type { CallUsageDto, QuotaCountsDto, QuotaDto } from './types';

const createPath = '/cgi-bin/qrcode/create';
/** A verified service account's daily limit of qrcode/create, until WeChat has told this account's. */
const usualCallLimit = 100_000;
const patienceMs = 800;

/** The permanent slots by state; reads the database alone, so any page may ask. */
export async function getQuotaCounts(ctx: Context, accountId: string): Promise<QuotaCountsDto> {
  authorise(ctx, 'viewer', accountId);
  return requireCounts(ctx, requireId(accountId, 'account'));
}

/** The slots, and today's calls. WeChat is asked for the limit at most every five minutes and is not waited for long. */
export async function getQuota(ctx: Context, accountId: string): Promise<QuotaDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const counts = await requireCounts(ctx, id);
  const { callsToday, callLimit } = await readUsage(ctx, id);
  return { ...counts, callsToday, callLimit };
}

/** Today's calls of qrcode/create: this app's, and all systems' as far as WeChat has told. */
export async function getCallUsage(ctx: Context, accountId: string): Promise<CallUsageDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  await requireCounts(ctx, id);
  return readUsage(ctx, id);
}

async function requireCounts(ctx: Context, id: string): Promise<QuotaCountsDto> {
  const counts = await findCounts(ctx.db, id);
  if (!counts) throw new AppError('NOT_FOUND', `no account ${id}`, { what: 'account' });
  return counts;
}

async function readUsage(ctx: Context, id: string): Promise<CallUsageDto> {
  const callsToday = await countCalls(ctx.db, id, createPath, weChatDay(ctx.clock.now()));
  // An account that has never answered, or is stopped, is left in peace: its test and its banner say why.
  const known = (await isAnswering(ctx.db, id, ctx.clock.now()))
    ? await findCallLimit(ctx.wechat, ctx.clock, id, patienceMs)
    : null;
  return {
    callsToday,
    callLimit: known?.dailyLimit ?? usualCallLimit,
    atWeChat: known && { used: known.used, dailyLimit: known.dailyLimit, at: known.at.toISOString() },
  };
}
