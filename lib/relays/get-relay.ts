import 'server-only';
import type { Context } from '../context';
import { authorise } from '../people/authorise';
import { requireRelay } from './require-relay';
import type { RelayDto } from './types';

/** @throws AppError NOT_FOUND */
export async function getRelay(ctx: Context, accountId: string, relayId: string): Promise<RelayDto> {
  authorise(ctx, 'admin', accountId);
  return requireRelay(ctx.db, accountId, relayId);
}
