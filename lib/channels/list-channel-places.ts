import 'server-only';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { countPlaces } from './store';
import type { ChannelPlacesDto } from './types';

/** Cities and regions of the channels that are not archived, the ones with most channels first; at most 200 of each. */
export async function listChannelPlaces(ctx: Context, accountId: string): Promise<ChannelPlacesDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const [cities, regions, channels] = await countPlaces(ctx.db, id);
  return { cities, regions, channels };
}
