import { z } from 'zod';
import { listScansSchema } from '../../scans/schemas';
import { scanEventKinds } from '../../scans/types';
import { operation } from '../operation';
import { pageHints } from './page-query';

const scanSchema = z.object({
  id: z.string(),
  at: z.iso.datetime().describe('ISO 8601, UTC; when WeChat says that it happened'),
  event: z.enum(scanEventKinds),
  openid: z
    .string()
    .nullable()
    .describe('masked, unless the key may see openids; null: this person has unfollowed or was forgotten'),
  codeId: z.uuid().nullable(),
  codeLabel: z.string().nullable(),
  scene: z.string().nullable(),
  known: z.boolean().describe('false: of a scene that no code has'),
});

export const listScansOperation = operation({
  id: 'listScans',
  method: 'GET',
  path: '/api/v1/scans',
  tag: 'scans',
  summary: 'Raw events, the last received first',
  role: 'viewer',
  scope: 'account',
  query: listScansSchema,
  queryHints: { known: { description: 'false: only those of unknown scenes' }, ...pageHints },
  answers: [
    {
      status: 200,
      description: 'One page',
      schema: z.object({ items: z.array(scanSchema), nextCursor: z.string().nullable() }),
    },
  ],
});
