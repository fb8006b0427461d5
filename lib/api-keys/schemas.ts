import { z } from 'zod';
import { personNameSchema } from '../people/schemas';
import { keyScopes } from './types';

export const createApiKeySchema = z
  .object({
    name: personNameSchema,
    scope: z.enum(keyScopes),
    allAccounts: z.boolean().default(false),
    accountIds: z.array(z.uuid()).max(1000).default([]),
    seesOpenids: z.boolean().default(false),
  })
  .superRefine(({ scope, allAccounts, accountIds }, ctx) => {
    // A key that reaches no account would only ever be told that nothing exists.
    if (scope !== 'admin' && !allAccounts && accountIds.length === 0) {
      ctx.addIssue({ code: 'custom', path: ['accountIds'], params: { code: 'tooFew', min: 1 } });
    }
  });

export const apiKeyIdSchema = z.object({ apiKeyId: z.string() });
