import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { AppError } from '../errors';
import { parseInput, requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { apiKeyIdSchema } from './schemas';
import { findKey, revokeKey } from './store';

/** Ends a key for good, from the next request on. Revoking it again changes nothing. @throws AppError NOT_FOUND */
export async function revokeApiKey(ctx: Context, input: unknown): Promise<void> {
  authorise(ctx, 'admin');
  const id = requireId(parseInput(apiKeyIdSchema, input).apiKeyId, 'apiKey');
  await ctx.db.$transaction(async (tx) => {
    const apiKey = await findKey(tx, id);
    if (apiKey === null) throw new AppError('NOT_FOUND', `no API key ${id}`, { what: 'apiKey' });
    if (!(await revokeKey(tx, id, ctx.clock.now()))) return;
    await recordAudit(ctx, tx, {
      action: 'apiKey.revoke',
      target: { kind: 'apiKey', id, label: apiKey.name },
    });
  });
}
