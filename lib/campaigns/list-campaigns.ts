import 'server-only';
import type { Context } from '../context';
import { invalidField } from '../errors';
import { idSchema, parseInput, requireId } from '../field-issues';
import { decodeCursor, encodeCursor } from '../keyset-cursor';
import { authorise } from '../people/authorise';
import { type ListCampaignsInput, listCampaignsSchema } from './schemas';
import { countCodesByCampaign, listCampaignRows } from './store';
import { toCampaignDto } from './to-campaign-dto';
import type { CampaignPageDto } from './types';

/**
 * One page of campaigns, newest first, each with how many codes serve it now.
 *
 * @param input.q  part of the name, in any letter case
 * @param input.limit  1…200, 50 when left out
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 */
export async function listCampaigns(
  ctx: Context,
  accountId: string,
  input: ListCampaignsInput = {},
): Promise<CampaignPageDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const { q, archived, limit, cursor } = parseInput(listCampaignsSchema, input);
  const rows = await listCampaignRows(ctx.db, accountId, {
    q,
    archived,
    after: cursor === undefined ? null : readCursor(cursor),
    take: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const counts = await countCodesByCampaign(
    ctx.db,
    page.map(({ id }) => id),
    ctx.clock.now(),
  );
  return {
    items: page.map((row) => toCampaignDto(row, counts.get(row.id) ?? 0)),
    nextCursor: last ? encodeCursor([last.createdAt.toISOString(), last.id]) : null,
  };
}

function readCursor(cursor: string): { createdAt: Date; id: string } {
  const [at = '', id = ''] = decodeCursor(cursor, 2);
  const createdAt = new Date(at);
  if (Number.isNaN(createdAt.getTime()) || !idSchema.safeParse(id).success) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return { createdAt, id };
}
