import { addLogo } from '@/lib/designs/add-logo';
import { apiMethods } from '@/lib/web/api-route';
import { piecesOf, uploadRoute } from '@/lib/web/upload-route';

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** A picture is too large for a server action. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  POST: uploadRoute('marketer', (ctx, { accountId, body }) =>
    addLogo(ctx, accountId, body === null ? nothing() : piecesOf(body)),
  ),
});
