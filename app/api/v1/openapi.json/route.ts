import { createDocument } from '@/lib/openapi/document';
import { getDescriptionOperation } from '@/lib/openapi/operations/description';
import { apiMethods, apiRoute } from '@/lib/web/api-route';

const document = createDocument();

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(getDescriptionOperation, async () => document),
});
