import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { closeTenure, holdLedger, openTenures, reviveScene } from '../ledger/move-scenes';
import { toSceneRefusal } from '../ledger/scene-refusal';
import { makeMissingTags } from '../tags/make-missing-tags';
import { putTags } from '../tags/put-tags';
import { insertAssignments } from './assignment-store';
import { coolingEndsAt } from './cooling';
import { makerOf } from './maker-of';
import type { NewCode } from './schemas';
import { findArchivedSlot, setIssuedAs } from './slot-store';
import { insertCodes } from './store';

/**
 * Gives an archived permanent slot to a new code. For `createCode`, which has authorised.
 *
 * The new code has the scene, the ticket and the url of the one before it, so WeChat is not asked and no slot is spent. Where
 * WeChat has never answered for the slot, the code waits in the queue like any other.
 *
 * From now on scans of the old print count for the new code; the old one stays archived, and cannot come back.
 *
 * @throws AppError SLOT_NOT_ARCHIVED  `details.scene`: no slot of this account, or one that is in use
 * @throws AppError SLOT_COOLING  `details`: `days` until it may be reused, `until`
 */
export async function reuseSlot(
  ctx: Context,
  accountId: string,
  code: NewCode & { id: string; scene: NonNullable<NewCode['scene']> },
): Promise<void> {
  const { id, label, channelId, campaignId, scene, tags } = code;
  const text = 'id' in scene ? String(scene.id) : scene.str;
  const maker = makerOf(ctx);
  const now = maker.createdAt;
  try {
    await ctx.db.$transaction(async (tx) => {
      const named = await makeMissingTags(tx, accountId, tags);
      const { coolingDays } = await holdLedger(tx, accountId);
      const slot = await findArchivedSlot(tx, accountId, scene);
      if (!slot) throw new AppError('SLOT_NOT_ARCHIVED', `${text} is no archived slot`, { scene: text });
      const until = coolingEndsAt(slot.archivedAt, coolingDays);
      if (until > now) {
        const days = Math.ceil((until.getTime() - now.getTime()) / 86_400_000);
        throw new AppError('SLOT_COOLING', `cools until ${until.toISOString()}`, {
          days,
          until: until.toISOString(),
        });
      }
      const { permanentSceneId, sceneKind, ticket, url } = slot;
      const row = { id, kind: 'permanent' as const, sceneKind, scene: slot.scene, permanentSceneId };
      await insertCodes(tx, accountId, [{ ...row, channelId, label, expireSeconds: null }], maker, null);
      if (ticket !== null && url !== null) await setIssuedAs(tx, id, { ticket, url, issuedAt: now });
      await reviveScene(tx, permanentSceneId);
      await closeTenure(tx, permanentSceneId, now);
      await openTenures(tx, [{ permanentSceneId, codeId: id }], now);
      await insertAssignments(tx, [id], campaignId, now);
      await putTags(tx, [id], named.ids);
      await recordAudit(ctx, tx, {
        action: 'code.reuse',
        target: { kind: 'code', id, label },
        accountId,
        details: {
          scene: text,
          sceneKind,
          campaignId,
          formerCodeId: slot.holderId,
          former: slot.holderLabel,
        },
      });
    });
  } catch (error) {
    throw toSceneRefusal(error, scene);
  }
}
