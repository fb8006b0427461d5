'use server';

import { refresh } from 'next/cache';
import { createApiKey } from '@/lib/api-keys/create-api-key';
import { revokeApiKey } from '@/lib/api-keys/revoke-api-key';
import { apiKeyIdSchema, createApiKeySchema } from '@/lib/api-keys/schemas';
import { action } from '@/lib/web/action';

export const createApiKeyAction = action('admin', createApiKeySchema, async (ctx, input) => {
  const created = await createApiKey(ctx, input);
  refresh();
  return created;
});

export const revokeApiKeyAction = action('admin', apiKeyIdSchema, async (ctx, input) => {
  await revokeApiKey(ctx, input);
  refresh();
});
