import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import type { SlotsByKind } from './pools';
import { requireOpenLedger, requireRoom } from './reserve-scenes';
import { toSceneRefusal } from './scene-refusal';
import {
  findTakenScenes,
  insertGivenScenes,
  insertRun,
  listOwnPrefixes,
  listOwnRanges,
  type TakenScene,
} from './store';

/**
 * Takes the ledger's lock for many reservations in a row.
 *
 * @param wanted  of all of them together
 * @throws AppError SCENE_CAP_REACHED  `details.remaining`
 * @throws AppError EXTERNAL_USE_UNDECLARED | NOT_FOUND (no such account)
 */
export async function openForMany(tx: Db, accountId: string, wanted: SlotsByKind): Promise<void> {
  requireRoom(await requireOpenLedger(tx, accountId), wanted);
}

/**
 * Reserves the lowest free integers; the ledger is open (see `openForMany`).
 *
 * @param campaignId  whose budget bears them
 * @param before  how many the caller has got already, for the refusal to tell what could be had in all
 * @returns ids of rows, a run without gaps but for other accounts' rows; ascending like the scenes
 * @throws AppError SCENE_CAP_REACHED  the ranges of this app have too few
 */
export async function reserveRun(
  tx: Db,
  accountId: string,
  count: number,
  before: number,
  campaignId: string | null,
): Promise<{ firstId: bigint; lastId: bigint }> {
  const run = await insertRun(tx, accountId, count, campaignId).catch((error: unknown) => {
    throw toSceneRefusal(error);
  });
  if (run.count < count || run.firstId === null || run.lastId === null) {
    const remaining = before + run.count;
    const message = `only ${remaining} integers are free in the ranges of this app`;
    throw new AppError('SCENE_CAP_REACHED', message, { remaining, limitedBy: 'ownRanges' });
  }
  return { firstId: run.firstId, lastId: run.lastId };
}

/**
 * Reserves scenes that somebody chose; the ledger is open (see `openForMany`).
 *
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | SCENE_CAP_REACHED  without saying which: `judgeScenes` does, before
 */
export async function reserveManyGiven(
  tx: Db,
  accountId: string,
  scenes: { sceneKind: 'integer' | 'string'; scene: string }[],
  campaignId: string | null,
): Promise<void> {
  await insertGivenScenes(tx, accountId, scenes, campaignId).catch((error: unknown) => {
    throw toSceneRefusal(error);
  });
}

export type SceneJudge = {
  /** Outside of the ranges or prefixes that this app may give out. */
  isOurs: (scene: { id: number } | { str: string }) => boolean;
  /** Who holds these digits or texts already, by scene. */
  findTaken: (scenes: string[]) => Promise<Map<string, TakenScene['kind']>>;
};

/** For judging many chosen scenes before anything is reserved. Reads only; the laws decide in the end. */
export async function openSceneJudge(db: Db, accountId: string): Promise<SceneJudge> {
  const ranges = await listOwnRanges(db, accountId);
  const prefixes = await listOwnPrefixes(db, accountId);
  return {
    isOurs: (scene) =>
      'id' in scene
        ? ranges.some(([from, to]) => from <= scene.id && scene.id <= to)
        : prefixes.length === 0 || prefixes.some((prefix) => scene.str.startsWith(prefix)),
    findTaken: async (scenes) =>
      new Map(
        scenes.length === 0
          ? []
          : (await findTakenScenes(db, accountId, scenes)).map(({ scene, kind }) => [scene, kind]),
      ),
  };
}
