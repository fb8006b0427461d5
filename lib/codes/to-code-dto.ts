import 'server-only';
import type { CodeRow } from './store';
import type { CodeDto, CodeStatus, SceneDto, SceneKind } from './types';

/** What a person sees of a row at `now`. */
export function toCodeDto(row: CodeRow, now: Date): CodeDto {
  const { id, accountId, kind, label, ticket, url, expireSeconds, scans } = row;
  return {
    id,
    accountId,
    kind,
    scene: toSceneDto(row.sceneKind, row.scene),
    status: toStatus(row, now),
    label,
    campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName ?? '' },
    channel:
      row.channelId === null
        ? null
        : {
            id: row.channelId,
            number: row.channelNumber ?? '',
            name: row.channelName ?? '',
            city: row.channelCity ?? '',
          },
    tags: row.tags ?? [],
    ticket,
    url,
    expiresAt: toIso(row.expiresAt),
    expireSeconds,
    issuedAt: toIso(row.issuedAt),
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    archivedAt: toIso(row.archivedAt),
    scans,
    error: toErrorDto(row),
    nextAttemptAt: row.status === 'reserved' && !row.isLeased ? toIso(row.nextAttemptAt) : null,
    origin: row.origin,
    flags: row.flags,
    renews: row.renewsId === null ? null : { id: row.renewsId, label: row.renewsLabel ?? '' },
    renewedBy: row.renewedById === null ? null : { id: row.renewedById, label: row.renewedByLabel ?? '' },
    canDiscard: row.status !== 'issued' && row.slotSentAt === null && !row.isLeased,
  };
}

export function toSceneDto(sceneKind: SceneKind, scene: string): SceneDto {
  return sceneKind === 'integer' ? { id: Number(scene) } : { str: scene };
}

function toStatus({ status, archivedAt, expiresAt }: CodeRow, now: Date): CodeStatus {
  if (archivedAt !== null) return 'archived';
  return status === 'issued' && expiresAt !== null && expiresAt <= now ? 'expired' : status;
}

function toErrorDto(row: CodeRow): CodeDto['error'] {
  if (row.status === 'issued' || row.errorKind === null || row.errorAt === null) return null;
  return {
    kind: row.errorKind,
    errcode: row.errorCode,
    errmsg: row.errorMessage,
    rid: row.errorRid,
    at: row.errorAt.toISOString(),
  };
}

function toIso(moment: Date | null): string | null {
  return moment?.toISOString() ?? null;
}
