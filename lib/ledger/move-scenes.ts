import 'server-only';
import type { Db } from '../db/open-database';
import { AppError } from '../errors';
import {
  deleteUnseen,
  endTenure,
  findHolder,
  insertTenures,
  lockLedger,
  markIssued,
  markSent,
  setArchived,
  unmarkSent,
} from './store';

/**
 * Takes the ledger's lock before codes are locked, as everything must that changes permanent scenes.
 *
 * @throws AppError NOT_FOUND  no such account
 */
export async function holdLedger(tx: Db, accountId: string): Promise<{ coolingDays: number }> {
  const ledger = await lockLedger(tx, accountId);
  if (!ledger) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  return { coolingDays: ledger.coolingDays };
}

/**
 * Notes, before the call, that WeChat may see these slots from now on.
 *
 * @returns those of them that no call before has shown: only these may be unmarked when this call proves refused
 */
export async function markScenesSent(tx: Db, ids: bigint[]): Promise<Set<bigint>> {
  return new Set(ids.length === 0 ? [] : await markSent(tx, ids));
}

/** The answer proved that they were not taken, and no earlier call was left unanswered. */
export async function unmarkScenesSent(tx: Db, ids: bigint[]): Promise<void> {
  if (ids.length > 0) await unmarkSent(tx, ids);
}

export async function markScenesIssued(tx: Db, ids: bigint[]): Promise<void> {
  if (ids.length > 0) await markIssued(tx, ids);
}

/** From now on the code holds the slot: scans of its scene count for that code. */
export async function openTenures(
  tx: Db,
  tenures: { permanentSceneId: bigint; codeId: string }[],
  fromAt: Date,
): Promise<void> {
  await insertTenures(tx, tenures, fromAt);
}

/** @returns whether there was a holder */
export async function closeTenure(tx: Db, permanentSceneId: bigint, toAt: Date): Promise<boolean> {
  return (await endTenure(tx, permanentSceneId, toAt)) > 0;
}

/**
 * Gives slots back that WeChat cannot have seen; their codes must be gone before. The ledger's lock is held.
 *
 * @throws AppError CONFLICT  WeChat may have seen one of them: a spent slot is never returned
 */
export async function releaseScenes(tx: Db, accountId: string, ids: bigint[]): Promise<void> {
  if ((await deleteUnseen(tx, accountId, ids)) !== ids.length) {
    throw new AppError('CONFLICT', 'WeChat may have seen a slot that was to be returned', { what: 'code' });
  }
}

/**
 * A spent slot goes to the archive. Its tenure stays open: the old print still works, and still counts for its code.
 *
 * @throws AppError CONFLICT  it is not spent, or archived already
 */
export async function archiveScene(tx: Db, permanentSceneId: bigint): Promise<void> {
  if ((await setArchived(tx, permanentSceneId, true)) !== 1) {
    throw new AppError('CONFLICT', 'only a spent slot can be archived', { what: 'code' });
  }
}

/** An archived slot is in use again, by another code; its tenures follow. */
export async function reviveScene(tx: Db, permanentSceneId: bigint): Promise<void> {
  if ((await setArchived(tx, permanentSceneId, false)) !== 1) {
    throw new AppError('CONFLICT', 'the slot is not archived', { what: 'code' });
  }
}

/** @throws AppError SLOT_GIVEN_ON  another code has been given the slot since; `details`: its `codeId` and `label` */
export async function unarchiveScene(tx: Db, permanentSceneId: bigint, codeId: string): Promise<void> {
  const holder = await findHolder(tx, permanentSceneId);
  if (holder?.codeId !== codeId) {
    throw new AppError('SLOT_GIVEN_ON', 'another code holds the slot by now', { ...holder });
  }
  if ((await setArchived(tx, permanentSceneId, false)) !== 1) {
    throw new AppError('CONFLICT', 'the slot is not archived', { what: 'code' });
  }
}
