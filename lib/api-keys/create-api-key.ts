import 'server-only';
import { recordAudit } from '../audit/record-audit';
import type { Context } from '../context';
import { appSecret } from '../env';
import { parseInput } from '../field-issues';
import { refusePersonLaws, toAccess } from '../people/access';
import { authorise } from '../people/authorise';
import { createToken, hashToken } from '../secrets';
import { createApiKeySchema } from './schemas';
import { insertKey } from './store';
import { type CreatedApiKeyDto, roleOfScope } from './types';

const KEY_PREFIX = 'qd_';
/** Enough to tell keys apart, far too little to guess one. */
const SHOWN_CHARACTERS = 8;

/**
 * Makes an API key. The key itself is in this answer and nowhere else afterwards. An admin key reaches all accounts.
 *
 * @throws AppError VALIDATION_FAILED
 */
export async function createApiKey(ctx: Context, input: unknown): Promise<CreatedApiKeyDto> {
  authorise(ctx, 'admin');
  const { name, scope, seesOpenids, ...wanted } = parseInput(createApiKeySchema, input);
  const { allAccounts, accountIds } = toAccess({ role: roleOfScope[scope], ...wanted });
  const key = KEY_PREFIX + createToken();
  return refusePersonLaws(() =>
    ctx.db.$transaction(async (tx) => {
      const apiKey = await insertKey(tx, {
        name,
        scope,
        allAccounts,
        accountIds,
        seesOpenids,
        prefix: key.slice(0, SHOWN_CHARACTERS),
        keyHash: hashToken(appSecret(), key),
        createdById: ctx.actor.kind === 'user' ? ctx.actor.id : null,
        createdAt: ctx.clock.now(),
      });
      await recordAudit(ctx, tx, {
        action: 'apiKey.create',
        target: { kind: 'apiKey', id: apiKey.id, label: name },
        details: { scope, allAccounts, accountIds, seesOpenids },
      });
      return { apiKey, key };
    }),
  );
}
