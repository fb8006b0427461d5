import { createAccount } from '@/lib/accounts/create-account';
import { listAccountDetails } from '@/lib/accounts/list-accounts';
import { createAccountOperation, listAccountsOperation } from '@/lib/openapi/operations/accounts';
import { apiMethods, apiRoute, created } from '@/lib/web/api-route';

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(listAccountsOperation, (ctx, { query }) => listAccountDetails(ctx, query)),
  POST: apiRoute(createAccountOperation, async (ctx, { body }) => created(await createAccount(ctx, body))),
});
