import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { getPoster } from './get-poster';
import { placementOn } from './schemas';
import { changePosterRow, isPosterRemoved } from './store';
import type { PosterDto } from './types';

/**
 * Says where on the poster the code and the shop's name stand. Exports that were begun keep the place that they began with.
 *
 * @throws AppError NOT_FOUND | VALIDATION_FAILED
 */
export async function placeOnPoster(
  ctx: Context,
  accountId: string,
  posterId: string,
  input: unknown,
): Promise<PosterDto> {
  authorise(ctx, 'marketer', accountId);
  const poster = await getPoster(ctx, accountId, posterId);
  const placement = parseInput(placementOn(poster), input);
  if (JSON.stringify(placement) === JSON.stringify(poster.placement)) return poster;
  await change(ctx, poster, 'poster.place', { placement });
  return { ...poster, placement };
}

/** Takes a poster off the list, again and again. What was made of it can still be made again. @throws AppError NOT_FOUND */
export async function removePoster(ctx: Context, accountId: string, posterId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  if (await isPosterRemoved(ctx.db, accountId, requireId(posterId, 'poster'))) return;
  const poster = await getPoster(ctx, accountId, posterId);
  await change(ctx, poster, 'poster.remove', { removedAt: ctx.clock.now() });
}

async function change(
  ctx: Context,
  { id, accountId, name }: PosterDto,
  action: string,
  data: Parameters<typeof changePosterRow>[3],
): Promise<void> {
  await ctx.db.$transaction(async (tx) => {
    const isThere = await changePosterRow(tx, accountId, id, data);
    if (!isThere) throw new AppError('NOT_FOUND', `no poster ${id}`, { what: 'poster' });
    await recordAudit(ctx, tx, { action, target: { kind: 'poster', id, label: name }, accountId });
  });
}
