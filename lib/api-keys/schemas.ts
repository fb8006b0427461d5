import { z } from 'zod';
import { personNameSchema } from '../people/schemas';
import { keyScopes } from './types';

export const createApiKeySchema = z.object({
  name: personNameSchema,
  scope: z.enum(keyScopes),
  allAccounts: z.boolean().default(false),
  accountIds: z.array(z.uuid()).max(1000).default([]),
});

export const apiKeyIdSchema = z.object({ apiKeyId: z.string() });
