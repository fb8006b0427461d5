import 'server-only';
import type { Context } from '../context';
import { AppError } from '../errors';
import { requireId } from '../field-issues';
import { localDate } from '../i18n/format';
import { authorise } from '../people/authorise';
import { findCountingRow, readPlaces, readTags } from './names-store';
import type { CountingDto } from './types';

/** Which day it is for an account, and since when its scans are counted. @throws AppError NOT_FOUND */
export async function getCounting(ctx: Context, accountId: string): Promise<CountingDto> {
  authorise(ctx, 'viewer', accountId);
  const row = await findCountingRow(ctx.db, requireId(accountId, 'account'));
  if (!row) throw new AppError('NOT_FOUND', `no account ${accountId}`, { what: 'account' });
  return {
    timeZone: row.timeZone,
    today: localDate(ctx.clock.now(), row.timeZone),
    countedSince: row.countedSince?.toISOString() ?? null,
  };
}

export type FilterChoicesDto = {
  cities: string[];
  regions: string[];
  tags: { id: string; name: string }[];
};

/** What figures can be narrowed by besides campaign, channel and code, which are searched for. */
export async function listFilterChoices(ctx: Context, accountId: string): Promise<FilterChoicesDto> {
  authorise(ctx, 'viewer', accountId);
  requireId(accountId, 'account');
  const places = await readPlaces(ctx.db, accountId);
  return { ...places, tags: await readTags(ctx.db, accountId) };
}
