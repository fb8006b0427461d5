import 'server-only';
import { requireCode } from '../codes/require-code';
import type { CodeDto } from '../codes/types';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { NO_CAMPAIGN } from './figures-store';
import { namesOf } from './get-breakdown';
import { countTouchesOfCode, readTouches } from './touch-store';
import type { TouchesDto } from './types';

const MOST = 50;

/** First-touch and last-touch attribution of those who follow now, by campaign; as of `countedAt`, a few minutes ago. */
export async function getTouches(ctx: Context, accountId: string): Promise<TouchesDto> {
  authorise(ctx, 'viewer', accountId);
  const { rows, countedAt } = await readTouches(ctx.db, requireId(accountId, 'account'), MOST);
  const names = await namesOf(
    ctx,
    accountId,
    'campaign',
    rows.map(({ campaign_id }) => campaign_id),
  );
  return {
    countedAt: countedAt?.toISOString() ?? null,
    items: rows.map(({ campaign_id, first_touches, last_touches }) => ({
      key: campaign_id === NO_CAMPAIGN ? '' : campaign_id,
      name: names.get(campaign_id) ?? '',
      first: first_touches,
      last: last_touches,
    })),
  };
}

/**
 * The same of one code, as it stands; of a temporary one also the part of its life that had passed at the last scan.
 *
 * @throws AppError NOT_FOUND
 */
export async function getTouchesOfCode(
  ctx: Context,
  accountId: string,
  codeId: string,
): Promise<{ first: number; last: number; lifeUsed: number | null }> {
  authorise(ctx, 'viewer', accountId);
  const code = await requireCode(ctx, ctx.db, accountId, codeId);
  const { first, last, last_scan_at } = await countTouchesOfCode(ctx.db, accountId, code.id);
  return { first, last, lifeUsed: lifeUsedAt(code, last_scan_at) };
}

function lifeUsedAt({ issuedAt, expiresAt }: CodeDto, lastScanAt: Date | null): number | null {
  if (issuedAt === null || expiresAt === null || lastScanAt === null) return null;
  const life = Date.parse(expiresAt) - Date.parse(issuedAt);
  return life <= 0 ? null : Math.min(1, Math.max(0, (lastScanAt.getTime() - Date.parse(issuedAt)) / life));
}
