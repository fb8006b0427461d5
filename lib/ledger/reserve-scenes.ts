import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import { poolsOf, type SlotsByKind } from './pools';
import { toSceneRefusal } from './scene-refusal';
import {
  insertNextIntegers,
  insertReservedScene,
  type LockedLedger,
  listOwnRanges,
  lockLedger,
} from './store';
import type { ReservedScene } from './types';

/**
 * Reserves the lowest free integer scenes of an account: all of them or none. In time it does not grow with the ledger.
 *
 * Takes the ledger's lock; call it in the transaction that also writes who holds them.
 *
 * @param count  1…100,000
 * @param campaignId  whose budget bears them; null: nobody's
 * @returns in ascending order of scene
 * @throws AppError SCENE_CAP_REACHED  `details.remaining`: how many could be had
 * @throws AppError EXTERNAL_USE_UNDECLARED | NOT_FOUND (no such account)
 */
export async function reserveNextIntegers(
  tx: Db,
  accountId: string,
  count: number,
  campaignId: string | null = null,
): Promise<ReservedScene[]> {
  requireRoom(await requireOpenLedger(tx, accountId), { integer: count, string: 0 });
  const rows = await insertNextIntegers(tx, accountId, count, campaignId).catch((error: unknown) => {
    throw toSceneRefusal(error);
  });
  if (rows.length < count) {
    const message = `only ${rows.length} integers are free in the ranges of this app, wanted ${count}`;
    throw new AppError('SCENE_CAP_REACHED', message, { remaining: rows.length, limitedBy: 'ownRanges' });
  }
  return rows
    .map(({ id, scene }) => ({ permanentSceneId: id, sceneKind: 'integer' as const, scene }))
    .sort((a, b) => Number(a.scene) - Number(b.scene));
}

/**
 * Reserves one scene that somebody chose.
 *
 * @throws AppError SCENE_TAKEN  `details.scene`: held by a permanent scene of either kind, or by a living temporary code
 * @throws AppError SCENE_NOT_OURS  `details`: `ranges` and `prefixes` that this app may give out
 * @throws AppError SCENE_CAP_REACHED | EXTERNAL_USE_UNDECLARED | NOT_FOUND (no such account)
 */
export async function reserveGiven(
  tx: Db,
  accountId: string,
  scene: { id: number } | { str: string },
  campaignId: string | null = null,
): Promise<ReservedScene> {
  const ledger = await requireOpenLedger(tx, accountId);
  await requireOurs(tx, accountId, ledger, scene);
  try {
    const sceneKind = 'id' in scene ? 'integer' : 'string';
    requireRoom(ledger, { integer: 0, string: 0, [sceneKind]: 1 });
    const row = await insertReservedScene(tx, accountId, scene, campaignId);
    return { permanentSceneId: row.id, sceneKind, scene: row.scene };
  } catch (error) {
    throw toSceneRefusal(error, scene);
  }
}

/** Takes the lock. */
export async function requireOpenLedger(tx: Db, accountId: string): Promise<LockedLedger> {
  const ledger = await lockLedger(tx, accountId);
  if (!ledger) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  if (!ledger.isDeclared) {
    throw new AppError('EXTERNAL_USE_UNDECLARED', 'nobody has said which scenes other systems use');
  }
  return ledger;
}

/** @throws AppError SCENE_CAP_REACHED  `details`: `remaining`, and of which `kind` where each has a pool of its own */
export function requireRoom(ledger: LockedLedger, wanted: SlotsByKind): void {
  const pools = poolsOf(ledger);
  if (ledger.sharesPool) requireLeft(pools.integer.remaining, wanted.integer + wanted.string);
  else {
    requireLeft(pools.integer.remaining, wanted.integer, 'integer');
    requireLeft(pools.string.remaining, wanted.string, 'string');
  }
}

function requireLeft(remaining: number, wanted: number, kind?: 'integer' | 'string'): void {
  if (wanted <= remaining) return;
  const message = `${remaining} permanent slots are left, wanted ${wanted}`;
  throw new AppError('SCENE_CAP_REACHED', message, kind ? { remaining, kind } : { remaining });
}

async function requireOurs(
  tx: Db,
  accountId: string,
  { ownPrefixes }: LockedLedger,
  scene: { id: number } | { str: string },
): Promise<void> {
  const ranges = await listOwnRanges(tx, accountId);
  const isOurs =
    'id' in scene
      ? ranges.some(([from, to]) => from <= scene.id && scene.id <= to)
      : ownPrefixes.length === 0 || ownPrefixes.some((prefix) => scene.str.startsWith(prefix));
  if (isOurs) return;
  const text = 'id' in scene ? String(scene.id) : scene.str;
  throw new AppError('SCENE_NOT_OURS', `scene ${text} is left to other systems`, {
    scene: text,
    ranges,
    prefixes: ownPrefixes,
  });
}
