import { getBinding } from '@/lib/bindings/get-binding';
import { locateBinding } from '@/lib/bindings/locate-binding';
import { followBindingOperation } from '@/lib/openapi/operations/bindings';
import { mayAccess } from '@/lib/people/authorise';
import { type ApiHandler, apiMethods, apiRoute } from '@/lib/web/api-route';
import { bindingEventsByToken, bindingEventsResponse } from '@/lib/web/binding-events-response';
import { recheckActor } from '@/lib/web/recheck-actor';

const byKey = apiRoute(
  followBindingOperation,
  (ctx, { accountId, params, request }) =>
    bindingEventsResponse(
      ctx,
      accountId,
      request,
      () => getBinding(ctx, accountId, params.id),
      async () => mayAccess(await recheckActor(ctx.actor, request), accountId),
    ),
  { locate: (ctx, { id }) => locateBinding(ctx, id) },
);

/** A browser bears a token and no key. */
const either: ApiHandler = async (request, context) => {
  const token = new URL(request.url).searchParams.get('token');
  if (token === null || request.headers.has('authorization')) return byKey(request, context);
  return bindingEventsByToken(request, (await context.params).id ?? '', token);
};
either.operation = byKey.operation;

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({ GET: either });
