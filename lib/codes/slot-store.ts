import 'server-only';
import type { Db } from '../db/open-database';
import type { SceneKind } from './types';

export type ArchivedSlot = {
  permanentSceneId: bigint;
  sceneKind: SceneKind;
  scene: string;
  /** The code that holds it still, though archived; its ticket is null where WeChat has never answered. */
  holderId: string;
  holderLabel: string;
  ticket: string | null;
  url: string | null;
  archivedAt: Date;
};

/** The ledger's lock is held. @returns null where the scene is no archived slot of the account */
export async function findArchivedSlot(
  tx: Db,
  accountId: string,
  scene: { id: number } | { str: string },
): Promise<ArchivedSlot | null> {
  const kind: SceneKind = 'id' in scene ? 'integer' : 'string';
  const text = 'id' in scene ? String(scene.id) : scene.str;
  const rows = await tx.$queryRaw<ArchivedSlot[]>`
    SELECT s."id" AS "permanentSceneId", s."kind"::text AS "sceneKind", s."scene", c."id"::text AS "holderId",
      c."label" AS "holderLabel", c."ticket", c."url", c."archived_at" AS "archivedAt"
    FROM "permanent_scenes" s
    JOIN "scene_tenures" t ON t."permanent_scene_id" = s."id" AND t."to_at" IS NULL
    JOIN "codes" c ON c."id" = t."code_id"
    WHERE s."account_id" = ${accountId}::uuid AND s."kind" = ${kind}::"scene_kind" AND s."scene" = ${text}
      AND s."state" = 'archived' AND c."archived_at" IS NOT NULL FOR UPDATE OF s`;
  return rows[0] ?? null;
}

/** A code that was inserted just now has what WeChat gave for its slot before. */
export async function setIssuedAs(
  tx: Db,
  id: string,
  issued: { ticket: string; url: string; issuedAt: Date },
): Promise<void> {
  await tx.code.update({
    where: { id },
    data: { ...issued, status: 'issued', nextAttemptAt: null },
    select: { id: true },
  });
}

export type HolderRow = {
  codeId: string;
  label: string;
  archivedAt: Date | null;
  fromAt: Date;
  toAt: Date | null;
  slotState: 'reserved' | 'issued' | 'archived' | 'external';
  coolingDays: number;
};

/** All codes that have held the slot of this code, in order. Empty for a temporary code. */
export function findHolders(db: Db, accountId: string, codeId: string): Promise<HolderRow[]> {
  return db.$queryRaw<HolderRow[]>`
    SELECT h."id"::text AS "codeId", h."label", h."archived_at" AS "archivedAt", t."from_at" AS "fromAt",
      t."to_at" AS "toAt", s."state"::text AS "slotState", l."cooling_days" AS "coolingDays"
    FROM "codes" c
    JOIN "permanent_scenes" s ON s."id" = c."permanent_scene_id"
    JOIN "permanent_ledgers" l ON l."account_id" = c."account_id"
    JOIN "scene_tenures" t ON t."permanent_scene_id" = s."id"
    JOIN "codes" h ON h."id" = t."code_id"
    WHERE c."id" = ${codeId}::uuid AND c."account_id" = ${accountId}::uuid
    ORDER BY t."from_at", t."id"`;
}
