import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireIssuable } from '../accounts/require-issuable';
import { recordAudit } from '../audit/record-audit';
import { requireSlotBudget } from '../campaigns/require-slot-budget';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { violatedLaw } from '../db/violated-law';
import { isAppError } from '../errors';
import { holdLedger, markScenesSent, openTenures } from '../ledger/move-scenes';
import { reserveGiven, reserveNextIntegers } from '../ledger/reserve-scenes';
import { toSceneRefusal } from '../ledger/scene-refusal';
import { makeMissingTags } from '../tags/make-missing-tags';
import { inheritTags, putTags } from '../tags/put-tags';
import { insertAssignments } from './assignment-store';
import { drawScene } from './draw-scene';
import { leaseSeconds } from './issue-code';
import { makerOf } from './maker-of';
import type { Claim } from './queue-store';
import type { NewCode } from './schemas';
import { insertCodes, type NewCodeRow, releaseExpiredScenes } from './store';
import type { CodeKind, CodeOrigin } from './types';

const drawsOfRandomScene = 5;

/** An account that starts again by itself (tomorrow, after 45009) may reserve; the queue asks WeChat then. */
export async function isIssuedLater(ctx: Context, accountId: string, kind: CodeKind): Promise<boolean> {
  try {
    await requireIssuable(ctx.db, accountId, kind, ctx.clock.now());
    return false;
  } catch (error) {
    if (isAppError(error) && error.code === 'ACCOUNT_STOPPED' && error.details.until) return true;
    throw error;
  }
}

export type CodeRecord = 'code.create' | 'code.renew' | ((tx: Db) => Promise<void>);

export type WantedCode = Omit<NewCode, 'campaignId' | 'tags'> & {
  id: string;
  /** Null: it serves none. A permanent code has one. */
  campaignId: string | null;
  /** The temporary code that it follows, and whose tags it has. */
  renewsId: string | null;
  /** By name; those that are missing are made. None when left out. */
  tags?: string[];
  /** `made` when left out. */
  origin?: CodeOrigin;
};

/**
 * Reserves a scene for one code and writes it, in one short transaction. For services that have authorised.
 *
 * @param isHeldBack  the queue asks WeChat, later; else the caller does, at once
 * @param record  for the audit; or what is written with the code in its transaction, audit included
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | SCENE_CAP_REACHED (`details.remaining`) | EXTERNAL_USE_UNDECLARED
 */
export async function reserveCode(
  ctx: Context,
  accountId: string,
  code: WantedCode,
  isHeldBack: boolean,
  record: CodeRecord,
): Promise<Claim> {
  for (let draws = 1; ; draws++) {
    try {
      return await ctx.db.$transaction((tx) => reserveIn(ctx, tx, accountId, code, isHeldBack, record));
    } catch (error) {
      const isCollision = code.scene === null && code.kind === 'temporary';
      if (isCollision && violatedLaw(error) === 'codes_one_living_scene' && draws < drawsOfRandomScene)
        continue;
      throw toSceneRefusal(error, code.scene);
    }
  }
}

async function reserveIn(
  ctx: Context,
  tx: Db,
  accountId: string,
  code: WantedCode,
  isHeldBack: boolean,
  record: CodeRecord,
): Promise<Claim> {
  const { id, kind, label, channelId, campaignId, expireSeconds, renewsId, origin, tags = [] } = code;
  const named = await makeMissingTags(tx, accountId, tags);
  const slot =
    kind === 'permanent'
      ? await reserveSlot(tx, accountId, code)
      : await chooseTemporary(tx, accountId, code);
  const row: NewCodeRow = { id, kind, label, channelId, expireSeconds, renewsId, origin, ...slot };
  const lease = { token: randomUUID(), seconds: leaseSeconds };
  const maker = makerOf(ctx);
  await insertCodes(tx, accountId, [row], maker, isHeldBack ? null : lease);
  if (campaignId !== null) await insertAssignments(tx, [row.id], campaignId, maker.createdAt);
  await putTags(tx, [row.id], named.ids);
  if (renewsId !== null) await inheritTags(tx, { from: renewsId, to: row.id });
  if (slot.permanentSceneId !== null) {
    const { permanentSceneId } = slot;
    await openTenures(tx, [{ permanentSceneId, codeId: row.id }], maker.createdAt);
    // In the same transaction, so that a process that dies before the call leaves the slot spent, never doubtful.
    if (!isHeldBack) await markScenesSent(tx, [permanentSceneId]);
  }
  if (typeof record === 'function') await record(tx);
  else {
    await recordAudit(ctx, tx, {
      action: record,
      target: { kind: 'code', id: row.id, label },
      accountId,
      details: {
        ...{ kind, scene: row.scene, sceneKind: row.sceneKind, campaignId },
        ...(renewsId === null ? {} : { renewsId }),
        ...(tags.length > 0 ? { tags } : {}),
      },
    });
  }
  const { sceneKind, scene, permanentSceneId } = row;
  return {
    ...{ id, accountId, kind, sceneKind, scene, permanentSceneId, expireSeconds },
    attempts: 1,
    leaseToken: lease.token,
    isFirstSending: permanentSceneId !== null,
  };
}

type Slot = Pick<NewCodeRow, 'permanentSceneId' | 'sceneKind' | 'scene'>;

async function reserveSlot(tx: Db, accountId: string, { scene, campaignId }: WantedCode): Promise<Slot> {
  if (campaignId === null) throw new Error('a permanent code is made for a campaign');
  await holdLedger(tx, accountId);
  await requireSlotBudget(tx, accountId, campaignId, 1);
  if (scene !== null) return reserveGiven(tx, accountId, scene, campaignId);
  const [slot] = await reserveNextIntegers(tx, accountId, 1, campaignId);
  if (!slot) throw new Error('the ledger gave out nothing and refused nothing');
  return slot;
}

async function chooseTemporary(tx: Db, accountId: string, code: WantedCode): Promise<Slot> {
  const scene = code.scene ?? { id: drawScene() };
  const text = 'id' in scene ? String(scene.id) : scene.str;
  await releaseExpiredScenes(tx, accountId, [text]);
  return { permanentSceneId: null, sceneKind: 'id' in scene ? 'integer' : 'string', scene: text };
}
