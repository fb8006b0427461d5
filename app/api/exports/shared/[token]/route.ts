import { readSharedFile } from '@/lib/exports/open-share';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, apiRoute } from '@/lib/web/api-route';
import { currentDevice } from '@/lib/web/device';
import { exportFileResponse, isBegun } from '@/lib/web/export-response';
import { readSharePass } from '@/lib/web/share-pass';

const downloadSharedOperation = operation({
  id: 'downloadShared',
  method: 'GET',
  path: '/api/exports/shared/{token}',
  tag: 'exports',
  summary: 'The file behind a link for a print shop: the link is the proof',
  role: null,
  params: { token: 'of the link' },
  answers: [{ status: 200, description: 'The file' }],
  errors: ['LINK_INVALID', 'RATE_LIMITED', 'EXPORT_STATE'],
});

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: apiRoute(downloadSharedOperation, async (ctx, { params, request }) => {
    const { ipAddress } = await currentDevice();
    const pass = await readSharePass(params.token);
    const file = await readSharedFile(ctx, params.token, { pass, ipAddress, isBegun: isBegun(request) });
    return exportFileResponse(request, file);
  }),
});
