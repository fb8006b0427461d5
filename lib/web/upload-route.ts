import 'server-only';
import { createHash } from 'node:crypto';
import { resolveAccount } from '../accounts/resolve-account';
import type { Context } from '../context';
import { AppError } from '../errors';
import { authorise } from '../people/authorise';
import type { UserRole } from '../people/types';
import { contextFor } from '../runtime';
import { type ApiHandler, actorOfSessionOrKey, limitActor } from './api-route';
import { problemResponse } from './problem';
import { readQuery } from './read-query';
import { reportError } from './report-error';

export type Upload = {
  accountId: string;
  /** What stands beside the file: the query without the account. */
  query: Record<string, string | string[]>;
  /** The body as it comes, to be read once; null: there is none. */
  body: ReadableStream<Uint8Array> | null;
};

/**
 * A route that takes a file as its whole body and hands it on while it comes, so that nothing holds it. What stands beside
 * it is in the query, and judged by the service.
 */
export function uploadRoute(
  role: UserRole,
  run: (ctx: Context, upload: Upload) => Promise<unknown>,
): ApiHandler {
  return async (request) => {
    let response: Response;
    try {
      const ctx = await contextFor(await actorOfSessionOrKey(request));
      await limitActor(ctx);
      authorise(ctx, role);
      const { accountId: named, ...query } = readQuery(request.url);
      const accountId = await resolveAccount(ctx, typeof named === 'string' ? named : undefined);
      response = Response.json(await run(ctx, { accountId, query, body: request.body }));
    } catch (error) {
      response = await problemResponse(
        reportError(error, `upload ${new URL(request.url).pathname}`),
        request,
      );
    }
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}

/** The body of an upload in pieces. A browser that goes away in the middle is no fault of the server. */
export async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new AppError('VALIDATION_FAILED', 'the upload broke off', {}, { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The id that a repeated request makes again: of who asks, for which account, and the word that both requests carry. Nobody
 * can aim it at what another has made.
 */
export function repeatableId({ actor }: Context, accountId: string, word: string): string {
  const who = 'id' in actor ? actor.id : actor.kind;
  const hex = createHash('sha256').update([who, accountId, word].join('\0')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
