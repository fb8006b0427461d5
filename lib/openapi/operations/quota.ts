import { declareExternalSchema, listExternalImportsSchema } from '../../accounts/schemas';
import { operation } from '../operation';
import { externalImportPageSchema, externalImportSchema, externalUseSchema, quotaSchema } from '../resources';
import { pageHints } from './page-query';

const importExample = {
  id: '5d9f5a0e-3f1e-4b7c-8f0e-0c8c0f9a7b11',
  source: 'api',
  fileName: null,
  none: false,
  ranges: [[1, 1_000]],
  moreRanges: 0,
  strs: ['desk 7'],
  moreStrs: 0,
  added: 1_001,
  known: 0,
  builtOn: 0,
  createdAt: '2026-11-24T08:00:00.000Z',
  createdBy: 'till system',
  undone: null,
};

const quotaExample = {
  cap: 100_000,
  issued: 312,
  reserved: 0,
  external: 1_000,
  unlisted: 0,
  archived: 4,
  remaining: 98_688,
  pools: {
    shared: true,
    integer: { issued: 300, reserved: 0, external: 1_000, unlisted: 0, remaining: 98_688 },
    string: { issued: 12, reserved: 0, external: 0, unlisted: 0, remaining: 98_688 },
  },
  callsToday: 12,
  callLimit: 100_000,
};

export const getQuotaOperation = operation({
  id: 'getQuota',
  method: 'GET',
  path: '/api/v1/quota',
  tag: 'quota',
  summary: "An account's permanent scenes, and its calls to WeChat today",
  role: 'viewer',
  scope: 'account',
  answers: [{ status: 200, description: 'The quota', schema: quotaSchema, example: quotaExample }],
});

export const declareExternalOperation = operation({
  id: 'declareExternalUse',
  method: 'POST',
  path: '/api/v1/quota/external',
  tag: 'quota',
  summary: 'Say which permanent scenes other systems have used, or that there are none',
  description:
    'Either `ranges` and `strs`, or `none`. Until it is said once, no permanent code can be made. Saying it again adds. Each time is an import of its own, which can be undone.',
  role: 'admin',
  scope: 'account',
  body: declareExternalSchema,
  bodyHints: {
    none: { description: 'true: no other system has used any' },
    ranges: { description: 'integer scenes 1 to 100,000, both ends of each range included' },
    strs: { description: 'string scenes of 1 to 64 bytes in UTF-8' },
  },
  bodyExample: { ranges: [[1, 1_000]], strs: ['desk 7'] },
  answers: [
    {
      status: 200,
      description: 'Entered',
      schema: externalUseSchema,
      example: { importId: importExample.id, declaredAt: importExample.createdAt, added: 1_001, known: 0 },
    },
  ],
});

export const listExternalImportsOperation = operation({
  id: 'listExternalImports',
  method: 'GET',
  path: '/api/v1/quota/external',
  tag: 'quota',
  summary: 'What was said of scenes that other systems have used, newest first',
  role: 'viewer',
  scope: 'account',
  query: listExternalImportsSchema,
  queryHints: pageHints,
  answers: [{ status: 200, description: 'One page', schema: externalImportPageSchema }],
});

export const undoExternalImportOperation = operation({
  id: 'undoExternalImport',
  method: 'POST',
  path: '/api/v1/quota/external/{importId}/undo',
  tag: 'quota',
  summary: 'Take one import back as a whole',
  description:
    'Its scenes are free again, but for those that another import says too. Refused once one of them has become a code.',
  role: 'admin',
  scope: 'account',
  params: { importId: 'of the import' },
  answers: [
    {
      status: 200,
      description: 'Undone',
      schema: externalImportSchema,
      example: { ...importExample, undone: { at: '2026-11-24T09:00:00.000Z', by: 'till system' } },
    },
  ],
  errors: ['IMPORT_BUILT_ON'],
});
