import { z } from 'zod';
import { createBindingSchema, listBindingsSchema } from '../../bindings/schemas';
import { bindingStates } from '../../bindings/types';
import { operation } from '../operation';
import { pageHints } from './page-query';

const moment = z.iso.datetime();

const bindingSchema = z
  .object({
    id: z.uuid(),
    accountId: z.uuid(),
    externalUserId: z.string().describe('as the other system calls its user'),
    state: z.enum(bindingStates).describe('scanned and expired are final'),
    openid: z
      .string()
      .nullable()
      .describe(
        'of who scanned first; null before, and again after an unfollow or a request to be forgotten',
      ),
    scannedAt: moment.nullable(),
    expiresAt: moment,
    code: z
      .object({
        id: z.uuid(),
        status: z.enum(['reserved', 'issued', 'failed']),
        ticket: z.string().nullable(),
        url: z.string().nullable(),
      })
      .nullable()
      .describe('null once the code of an expired binding was cleared away'),
    url: z.string().nullable().describe('what the symbol holds; null until WeChat has issued the code'),
    imageUrl: z.string().nullable().describe('the symbol as SVG, for who brings an API key'),
    returnUrl: z.string().nullable(),
    createdAt: moment,
    createdBy: z.string(),
  })
  .describe('A user of another system, and the person whose scan of a temporary code binds both.');

const createdSchema = bindingSchema.extend({
  listenToken: z.string().describe('lets a browser listen to this binding, until an hour after it expires'),
  eventsUrl: z.string().describe('server-sent events, with the token'),
});

const params = { id: 'of the binding' };
const common = { tag: 'bindings', role: 'marketer', scope: 'account' } as const;

export const createBindingOperation = operation({
  ...common,
  id: 'createBinding',
  method: 'POST',
  path: '/api/v1/bindings',
  summary: 'Show a user a code that binds whoever scans it first',
  description:
    'Draw `url` as a symbol, then learn of the scan by asking again, by the event stream, or by the webhook `binding.scanned`.',
  body: createBindingSchema,
  bodyHints: {
    expireSeconds: { description: 'ten minutes when left out' },
    returnUrl: { description: 'where the browser goes after the scan; an admin has allowed its origin' },
  },
  bodyExample: { externalUserId: 'user-1024', expireSeconds: 300 },
  answers: [{ status: 201, description: 'The binding with its code', schema: createdSchema }],
  errors: ['ACCOUNT_STOPPED'],
  location: '/api/v1/bindings',
});

export const listBindingsOperation = operation({
  ...common,
  id: 'listBindings',
  method: 'GET',
  path: '/api/v1/bindings',
  summary: 'Bindings, the newest first',
  query: listBindingsSchema,
  queryHints: { ...pageHints, externalUserId: { description: 'those of one user' } },
  answers: [
    {
      status: 200,
      description: 'One page',
      schema: z.object({ items: z.array(bindingSchema), nextCursor: z.string().nullable() }),
    },
  ],
});

export const getBindingOperation = operation({
  ...common,
  id: 'getBinding',
  method: 'GET',
  path: '/api/v1/bindings/{id}',
  summary: 'What has become of a binding',
  params,
  answers: [{ status: 200, description: 'The binding', schema: bindingSchema }],
});

export const followBindingOperation = operation({
  ...common,
  id: 'followBinding',
  method: 'GET',
  path: '/api/v1/bindings/{id}/events',
  summary: 'Server-sent events: one, named scanned or expired, when the binding has come to its end',
  description:
    'A program brings its key and is sent the whole binding; a browser brings the `listenToken` as `token` and is sent it without the openid. Nothing follows the event: close the stream. A comment comes every 15 seconds meanwhile.',
  params,
  query: z.strictObject({ token: z.string().max(100).optional() }),
  queryHints: { token: { description: 'the listenToken, instead of a key' } },
  answers: [{ status: 200, description: 'The stream', contentTypes: ['text/event-stream'] }],
});
