import 'server-only';
import { holdsBack } from '../accounts/stop-rule';
import { toSceneDto } from '../codes/to-code-dto';
import type { BatchRow, RowOfBatch } from './store';
import type { BatchDto, BatchRowDto } from './types';

/** What a person sees of a batch at `now`: one whose account is stopped is paused, whoever has paused it. */
export function toBatchDto(row: BatchRow, now: Date): BatchDto {
  const { id, accountId, kind, source, fileName, labelTemplate } = row;
  const { total, reserved, issued, failed, returned, reused, known } = row;
  const pause = toPause(row, now);
  return {
    id,
    accountId,
    campaign: row.campaignId === null ? null : { id: row.campaignId, name: row.campaignName ?? '' },
    channel: toChannel(row),
    kind,
    source,
    fileName,
    labelTemplate,
    state: pause ? 'paused' : row.state,
    pause,
    ...{ total, reserved, issued, failed, returned, reused, known },
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function toPause(row: BatchRow, now: Date): BatchDto['pause'] {
  const { state, kind, stoppedCode: code, stoppedUntil: until } = row;
  if (state === 'paused') {
    return { reason: 'person', by: row.pausedByName ?? '', at: row.pausedAt?.toISOString() ?? '' };
  }
  if (state !== 'queued' && state !== 'issuing') return null;
  if (code === null || !holdsBack({ code, until }, kind, now)) return null;
  return { reason: 'accountStopped', errcode: code, until: until?.toISOString() ?? null };
}

export function toBatchRowDto(row: RowOfBatch): BatchRowDto {
  const { line, codeId, label, status, ticket, url } = row;
  return {
    line,
    key: row.rowKey,
    codeId,
    label,
    scene: toSceneDto(row.sceneKind, row.scene),
    status,
    channel: toChannel(row),
    ticket,
    url,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    issuedAt: row.issuedAt?.toISOString() ?? null,
    error:
      status === 'issued' || row.errorKind === null || row.errorAt === null
        ? null
        : {
            kind: row.errorKind,
            errcode: row.errorCode,
            errmsg: row.errorMessage,
            rid: row.errorRid,
            at: row.errorAt.toISOString(),
          },
    nextAttemptAt: status === 'reserved' && !row.isLeased ? (row.nextAttemptAt?.toISOString() ?? null) : null,
    reusedFrom: row.reusedFrom?.toISOString() ?? null,
  };
}

type ChannelColumns = { channelId: string | null; channelNumber: string | null; channelName: string | null };

function toChannel({ channelId, channelNumber, channelName }: ChannelColumns): BatchDto['channel'] {
  return channelId === null ? null : { id: channelId, number: channelNumber ?? '', name: channelName ?? '' };
}
