import 'server-only';
import type { Context } from '../context';
import { appSecret, env } from '../env';
import { maskOpenid } from '../scans/format';
import { openidPlace } from '../scans/person-key';
import { seesOpenids } from '../scans/sees-openids';
import { unseal } from '../secrets';
import type { BindingRow } from './store';
import type { BindingDto, BindingNewsDto, BindingState } from './types';

/** A program that may make bindings is given whom it bound; a person sees openids as everywhere. */
export async function isShownWhole(ctx: Context): Promise<boolean> {
  return ctx.actor.kind === 'apiKey' || ctx.actor.kind === 'system' || seesOpenids(ctx);
}

export function toBindingDto(row: BindingRow, now: Date, isWhole: boolean): BindingDto {
  const { id, accountId, externalUserId, code } = row;
  const image = code && `${env().PUBLIC_URL}/api/codes/${code.id}/image?format=svg&temporary=ok`;
  return {
    ...{ id, accountId, externalUserId },
    state: stateOf(row, now),
    openid: openidOf(row, isWhole),
    scannedAt: row.scannedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    ...{ code, url: code?.url ?? null, imageUrl: code?.url ? image : null },
    returnUrl: row.returnUrl,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdByName,
  };
}

export function toBindingNews(row: BindingRow, now: Date): BindingNewsDto {
  return {
    id: row.id,
    state: stateOf(row, now),
    scannedAt: row.scannedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt.toISOString(),
    returnUrl: row.returnUrl,
  };
}

function stateOf({ scannedAt, expiresAt }: BindingRow, now: Date): BindingState {
  if (scannedAt !== null) return 'scanned';
  return expiresAt <= now ? 'expired' : 'pending';
}

function openidOf({ accountId, follower }: BindingRow, isWhole: boolean): string | null {
  const sealed = follower?.openidSealed ?? null;
  if (sealed === null) return null;
  const openid = unseal(appSecret(), openidPlace(accountId), sealed);
  return isWhole ? openid : maskOpenid(openid);
}
