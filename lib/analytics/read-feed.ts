import 'server-only';
import { requireCode } from '../codes/require-code';
import type { Context } from '../context';
import { appSecret } from '../env';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { maskOpenid } from '../scans/format';
import { openidPlace } from '../scans/person-key';
import { unseal } from '../secrets';
import { type FeedRow, readLastEvents } from './feed-store';
import { feedSchema } from './schemas';
import type { FeedItemDto } from './types';

/**
 * The last events of an account or of one code, newest first; openids masked.
 *
 * @param input.after  id of an event: later ones only
 * @param input.limit  1…100, 20 when left out
 * @throws AppError NOT_FOUND  account or code
 */
export async function readFeed(
  ctx: Context,
  accountId: string,
  input: { codeId?: string; after?: string; limit?: number } = {},
): Promise<FeedItemDto[]> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { codeId, after, limit } = parseInput(feedSchema, input);
  if (codeId !== undefined) await requireCode(ctx, ctx.db, accountId, codeId);
  const rows = await readLastEvents(ctx.db, accountId, {
    codeId: codeId ?? null,
    after: after === undefined ? null : BigInt(after),
    take: limit,
  });
  return rows.map((row) => toItem(accountId, row));
}

function toItem(accountId: string, row: FeedRow): FeedItemDto {
  return {
    id: row.id.toString(),
    at: row.at.toISOString(),
    event: row.kind,
    openid: row.openid_sealed === null ? null : maskOpenid(open(accountId, row.openid_sealed)),
    code: row.code_id === null ? null : { id: row.code_id, label: row.label ?? '' },
    scene: row.scene,
    place: row.place,
  };
}

function open(accountId: string, sealed: string): string {
  return unseal(appSecret(), openidPlace(accountId), sealed);
}
