import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { groupScenes, isWithin } from './group-scenes';
import { type SetAsideInput, setAsideSchema } from './schemas';
import { deleteSetAside, findSetAside, findUnknownScenes, insertSetAside } from './store';
import type { UnknownScenesDto } from './types';

/** The most scanned are grouped; of an account with more scenes than this, the rest has been scanned once or twice. */
const groupedScenes = 5_000;

/** What was scanned and has no code: grouped by prefix or range, those set aside by themselves. */
export async function listUnknownScenes(ctx: Context, accountId: string): Promise<UnknownScenesDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const rows = await findSetAside(ctx.db, accountId);
  const scenes = await findUnknownScenes(ctx.db, accountId, groupedScenes);
  const areas = rows.map((row) => ({
    ...{
      id: row.id,
      prefix: row.prefix,
      createdByName: row.createdByName,
      createdAt: row.createdAt.toISOString(),
    },
    fromId: row.fromId === null ? null : Number(row.fromId),
    toId: row.toId === null ? null : Number(row.toId),
  }));
  const isAside = (scene: string) => areas.some((area) => isWithin(scene, area));
  return {
    groups: groupScenes(scenes.filter(({ scene }) => !isAside(scene))),
    setAside: areas.map((area) => ({
      ...area,
      events: scenes.reduce((sum, { scene, events }) => (isWithin(scene, area) ? sum + events : sum), 0),
    })),
    isCut: scenes.length === groupedScenes,
  };
}

/** Says that scenes belong to another system: they are still counted and kept, and no longer shown as unknown. */
export async function setScenesAside(
  ctx: Context,
  accountId: string,
  input: SetAsideInput,
): Promise<{ id: string }> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const area = parseInput(setAsideSchema, input);
  const [prefix, fromId, toId] =
    'prefix' in area ? [area.prefix, null, null] : [null, BigInt(area.fromId), BigInt(area.toId)];
  return ctx.db.$transaction(async (tx) => {
    const known = (await findSetAside(tx, accountId)).find(
      (row) => row.prefix === prefix && row.fromId === fromId && row.toId === toId,
    );
    if (known) return { id: known.id };
    const createdByName = ctx.actor.kind === 'stranger' ? '' : ctx.actor.name;
    const id = await insertSetAside(tx, { accountId, prefix, fromId, toId, createdByName });
    await recordAudit(ctx, tx, {
      action: 'scans.setAside',
      target: { kind: 'scans', id },
      accountId,
      details: { ...area },
    });
    return { id };
  });
}

/** @throws AppError NOT_FOUND  it was not set aside, or is of another account */
export async function takeScenesBack(ctx: Context, accountId: string, setAsideId: string): Promise<void> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const id = requireId(setAsideId, 'scenes');
  await ctx.db.$transaction(async (tx) => {
    if (!(await deleteSetAside(tx, accountId, id)))
      throw new AppError('NOT_FOUND', 'not set aside', { what: 'scenes' });
    await recordAudit(ctx, tx, { action: 'scans.takeBack', target: { kind: 'scans', id }, accountId });
  });
}
