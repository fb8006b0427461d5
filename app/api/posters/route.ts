import { addPoster } from '@/lib/posters/add-poster';
import { apiMethods } from '@/lib/web/api-route';
import { piecesOf, uploadRoute } from '@/lib/web/upload-route';

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A page is too large for a server action. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('marketer', (ctx, { accountId, query, body }) =>
    addPoster(ctx, accountId, String(query.name ?? ''), body === null ? nothing() : piecesOf(body)),
  ),
});
