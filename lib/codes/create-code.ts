import 'server-only';
import { randomUUID } from 'node:crypto';
import { requireIssuable } from '../accounts/require-issuable';
import { recordAudit } from '../audit/record-audit';
import { requireCampaign } from '../campaigns/require-campaign';
import { requireSlotBudget } from '../campaigns/require-slot-budget';
import { requireChannel } from '../channels/require-channel';
import type { Context } from '../context';
import type { Db } from '../db/open-database';
import { violatedLaw } from '../db/violated-law';
import { invalidField, isAppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { holdLedger, markScenesSent, openTenures } from '../ledger/move-scenes';
import { reserveGiven, reserveNextIntegers } from '../ledger/reserve-scenes';
import { toSceneRefusal } from '../ledger/scene-refusal';
import { authorise } from '../people/authorise';
import { insertAssignments } from './assignment-store';
import { drawScene } from './draw-scene';
import { issueCode, leaseSeconds } from './issue-code';
import { wakeIssueWorker } from './issue-worker';
import type { Claim } from './queue-store';
import { findCode, requireCode } from './require-code';
import { type CreateCodeInput, createCodeSchema, type NewCode } from './schemas';
import { insertCodes, type Maker, type NewCodeRow, releaseExpiredScenes } from './store';
import type { CodeDto } from './types';

const drawsOfRandomScene = 5;

/**
 * Makes one code: reserves its scene in one short transaction, then asks WeChat for it and waits for the answer.
 *
 * Once reserved it exists whatever WeChat says: it comes back `issued`, or `reserved` (WeChat did not answer; the queue
 * asks again with the same scene) or `failed` (refused for good), with `error` telling why.
 *
 * @param options.id  the id it takes, so that a request repeated after a crash finds what the first one made
 * @throws AppError VALIDATION_FAILED  `details.fields` names what is wrong
 * @throws AppError NOT_FOUND  account, campaign or channel is unknown or of another account
 * @throws AppError ACCOUNT_STOPPED  nothing was reserved
 * @throws AppError SCENE_TAKEN | SCENE_NOT_OURS | SCENE_CAP_REACHED (`details.remaining`) | EXTERNAL_USE_UNDECLARED
 */
export async function createCode(
  ctx: Context,
  accountId: string,
  input: CreateCodeInput,
  options: { id?: string } = {},
): Promise<CodeDto> {
  authorise(ctx, 'marketer', accountId);
  requireId(accountId, 'account');
  const code = parseInput(createCodeSchema, input);
  const before = options.id === undefined ? null : await findCode(ctx, ctx.db, accountId, options.id);
  if (before) return before;
  await requirePlace(ctx, accountId, code);
  const isHeldBack = await requireResuming(ctx, accountId, code);
  const id = options.id ?? randomUUID();
  const claim = await reserve(ctx, accountId, { ...code, id }, isHeldBack);
  if (!isHeldBack) await issueCode(ctx, claim);
  const made = await requireCode(ctx, ctx.db, accountId, claim.id);
  if (made.status === 'reserved') wakeIssueWorker();
  return made;
}

async function requirePlace(ctx: Context, accountId: string, code: NewCode): Promise<void> {
  const campaign = await requireCampaign(ctx.db, accountId, code.campaignId);
  if (campaign.archivedAt) throw invalidField('campaignId', 'campaignArchived', 'the campaign is archived');
  if (code.channelId === null) return;
  const channel = await requireChannel(ctx.db, accountId, code.channelId);
  if (channel.archivedAt) throw invalidField('channelId', 'channelArchived', 'the channel is archived');
}

/** An account that starts again by itself (tomorrow, after 45009) may reserve; the queue asks WeChat then. */
async function requireResuming(ctx: Context, accountId: string, { kind }: NewCode): Promise<boolean> {
  try {
    await requireIssuable(ctx.db, accountId, kind, ctx.clock.now());
    return false;
  } catch (error) {
    if (isAppError(error) && error.code === 'ACCOUNT_STOPPED' && error.details.until) return true;
    throw error;
  }
}

type IdentifiedCode = NewCode & { id: string };

async function reserve(
  ctx: Context,
  accountId: string,
  code: IdentifiedCode,
  isHeldBack: boolean,
): Promise<Claim> {
  for (let draws = 1; ; draws++) {
    try {
      return await ctx.db.$transaction((tx) => reserveIn(ctx, tx, accountId, code, isHeldBack));
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
  code: IdentifiedCode,
  isHeldBack: boolean,
): Promise<Claim> {
  const { id, kind, label, channelId, campaignId, expireSeconds } = code;
  const slot =
    kind === 'permanent'
      ? await reserveSlot(tx, accountId, code)
      : await chooseTemporary(tx, accountId, code);
  const row: NewCodeRow = { id, kind, label, channelId, expireSeconds, ...slot };
  const lease = { token: randomUUID(), seconds: leaseSeconds };
  const maker = makerOf(ctx);
  await insertCodes(tx, accountId, [row], maker, isHeldBack ? null : lease);
  await insertAssignments(tx, [row.id], campaignId, maker.createdAt);
  if (slot.permanentSceneId !== null) {
    const { permanentSceneId } = slot;
    await openTenures(tx, [{ permanentSceneId, codeId: row.id }], maker.createdAt);
    // In the same transaction, so that a process that dies before the call leaves the slot spent, never doubtful.
    if (!isHeldBack) await markScenesSent(tx, [permanentSceneId]);
  }
  await recordAudit(ctx, tx, {
    action: 'code.create',
    target: { kind: 'code', id: row.id, label },
    accountId,
    details: { kind, scene: row.scene, sceneKind: row.sceneKind, campaignId },
  });
  const { sceneKind, scene, permanentSceneId } = row;
  return {
    ...{ id, accountId, kind, sceneKind, scene, permanentSceneId, expireSeconds },
    attempts: 1,
    leaseToken: lease.token,
    isFirstSending: permanentSceneId !== null,
  };
}

type Slot = Pick<NewCodeRow, 'permanentSceneId' | 'sceneKind' | 'scene'>;

async function reserveSlot(tx: Db, accountId: string, { scene, campaignId }: NewCode): Promise<Slot> {
  await holdLedger(tx, accountId);
  await requireSlotBudget(tx, accountId, campaignId, 1);
  if (scene !== null) return reserveGiven(tx, accountId, scene, campaignId);
  const [slot] = await reserveNextIntegers(tx, accountId, 1, campaignId);
  if (!slot) throw new Error('the ledger gave out nothing and refused nothing');
  return slot;
}

async function chooseTemporary(tx: Db, accountId: string, code: NewCode): Promise<Slot> {
  const scene = code.scene ?? { id: drawScene() };
  const text = 'id' in scene ? String(scene.id) : scene.str;
  await releaseExpiredScenes(tx, accountId, [text]);
  return { permanentSceneId: null, sceneKind: 'id' in scene ? 'integer' : 'string', scene: text };
}

export function makerOf({ actor, clock }: Pick<Context, 'actor' | 'clock'>): Maker {
  return {
    createdById: actor.kind === 'user' ? actor.id : null,
    createdByName: actor.kind === 'stranger' ? '' : actor.name,
    createdAt: clock.now(),
  };
}
