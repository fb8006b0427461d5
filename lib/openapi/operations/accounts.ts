import { z } from 'zod';
import { createAccountSchema, updateAccountSchema } from '../../accounts/schemas';
import { operation } from '../operation';
import { accountPageSchema, accountSchema } from '../resources';
import { pageQuery } from './page-query';

const example = {
  id: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  name: '某某咖啡',
  appId: 'wx0123456789abcdef',
  tokenSource: 'stable',
  pushMode: 'safe',
  timeZone: 'Asia/Shanghai',
  permanentCap: 100_000,
  ownRanges: [[1, 100_000]],
  ownPrefixes: [],
  hasAppSecret: true,
  hasPushToken: false,
  hasEncodingAesKey: false,
  remoteTokenUrl: null,
  remoteTokenHeader: null,
  hasRemoteTokenValue: false,
  externalDeclaredAt: null,
  isDemo: false,
  stopped: null,
  connectedAt: null,
  createdAt: '2026-11-24T08:00:00.000Z',
};

const hints = {
  name: { minLength: 1, maxLength: 100 },
  appId: { pattern: '^[A-Za-z0-9_-]{6,64}$' },
  appSecret: { description: 'write-only; null clears it' },
  tokenSource: {
    description:
      'stable: a token beside those of other systems; plain: retires theirs; remote: fetched from remoteTokenUrl',
  },
  remoteTokenUrl: { description: 'https, or this machine itself' },
  remoteTokenValue: { description: 'the value of remoteTokenHeader; write-only' },
  pushToken: { description: 'write-only; 3 to 32 letters and digits' },
  encodingAesKey: { description: 'write-only; 43 letters and digits' },
  timeZone: { description: 'an IANA name' },
  permanentCap: { type: 'integer', minimum: 0, maximum: 1_000_000 },
};

const params = { id: 'of the official account' };

export const listAccountsOperation = operation({
  id: 'listAccounts',
  method: 'GET',
  path: '/api/v1/accounts',
  tag: 'accounts',
  summary: 'The official accounts that the key may see, in order of making',
  role: 'viewer',
  query: z.strictObject({ limit: pageQuery.limit, cursor: z.string().max(1_000).optional() }),
  answers: [{ status: 200, description: 'One page', schema: accountPageSchema }],
});

export const createAccountOperation = operation({
  id: 'createAccount',
  method: 'POST',
  path: '/api/v1/accounts',
  tag: 'accounts',
  summary: 'Connect an official account',
  description: 'WeChat is not called yet. For a key that reaches all accounts.',
  role: 'admin',
  body: createAccountSchema,
  bodyHints: hints,
  bodyExample: {
    name: example.name,
    appId: example.appId,
    appSecret: '0123456789abcdef0123456789abcdef',
    tokenSource: 'stable',
  },
  answers: [{ status: 201, description: 'Connected', schema: accountSchema, example }],
  location: '/api/v1/accounts',
});

export const getAccountOperation = operation({
  id: 'getAccount',
  method: 'GET',
  path: '/api/v1/accounts/{id}',
  tag: 'accounts',
  summary: 'One official account',
  role: 'viewer',
  params,
  answers: [{ status: 200, description: 'The account', schema: accountSchema, example }],
});

export const updateAccountOperation = operation({
  id: 'updateAccount',
  method: 'PATCH',
  path: '/api/v1/accounts/{id}',
  tag: 'accounts',
  summary: 'Change an official account; what is left out stays as it is',
  role: 'admin',
  params,
  body: updateAccountSchema,
  bodyHints: hints,
  bodyExample: { timeZone: 'Asia/Urumqi', ownRanges: [[50_001, 100_000]] },
  answers: [{ status: 200, description: 'Changed', schema: accountSchema, example }],
});
