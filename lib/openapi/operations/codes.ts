import { z } from 'zod';
import { createCodeSchema, listCodesSchema, renewCodeSchema, updateCodeSchema } from '../../codes/schemas';
import { printContentTypes } from '../../print/design-types';
import { imageQuerySchema } from '../../print/schemas';
import { mostTagCharacters, mostTagsOfCode } from '../../tags/types';
import { operation } from '../operation';
import { codePageSchema, codeSchema } from '../resources';
import { pageHints } from './page-query';

const example = {
  id: '3a9f0c52-4a0e-4f5e-9c43-6c8c1e5b7d21',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  kind: 'permanent',
  scene: { id: 1_001 },
  status: 'issued',
  label: '人民广场店 收银台',
  campaign: { id: '7c0c1f4e-7a1d-4c1e-8f57-0a4b9b7f2f10', name: '双十二会员日' },
  channel: {
    id: '5f1d6d0a-0f0b-4b0e-8a31-1c4c7a1b9e02',
    number: 'SH-0017',
    name: '人民广场店',
    city: '上海',
  },
  tags: [{ id: '2b1f7c3e-6d0a-4d0f-9a51-3e8c5a7f1b20', name: '收银台' }],
  ticket: 'gQH47joAAAAAAAAAASxodHRwOi8vd2VpeGluLnFxLmNvbS9xL2taZ2Z3TVRtNzJXV1Brb3ZhYmJJAAIEZ23sUwMEmm3sUw==',
  url: 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI',
  expiresAt: null,
  expireSeconds: null,
  issuedAt: '2026-11-24T08:00:01.000Z',
  createdAt: '2026-11-24T08:00:00.000Z',
  createdBy: 'till system',
  archivedAt: null,
  scans: 0,
  error: null,
  nextAttemptAt: null,
  origin: 'made',
  flags: [],
  renews: null,
  renewedBy: null,
  canDiscard: false,
};

const params = { id: 'of the code' };
const label = { minLength: 1, maxLength: 200 };
const tags = {
  maxItems: mostTagsOfCode,
  items: { type: 'string', minLength: 1, maxLength: mostTagCharacters },
};

export const listCodesOperation = operation({
  id: 'listCodes',
  method: 'GET',
  path: '/api/v1/codes',
  tag: 'codes',
  summary: 'Codes: searched, filtered, sorted',
  role: 'viewer',
  scope: 'account',
  query: listCodesSchema,
  queryHints: {
    q: { description: 'part of label, scene, or number or name of the channel' },
    status: { description: 'left out: all but archived ones' },
    tagId: { description: 'codes that have this tag' },
    ...pageHints,
  },
  answers: [{ status: 200, description: 'One page', schema: codePageSchema }],
});

export const createCodeOperation = operation({
  id: 'createCode',
  method: 'POST',
  path: '/api/v1/codes',
  tag: 'codes',
  summary: 'Make one code and have WeChat issue it',
  description:
    'A permanent code without `scene` gets the next free id, a temporary one a free random id. A permanent scene is spent for ever, so send an Idempotency-Key: a request that is repeated with it finds the code of the first.',
  role: 'marketer',
  scope: 'account',
  body: createCodeSchema,
  bodyHints: {
    label,
    tags: { ...tags, description: 'by name; those that are missing are made' },
    scene: {
      properties: {
        id: { type: 'integer', minimum: 1, maximum: 4_294_967_295 },
        str: { type: 'string', minLength: 1, maxLength: 64 },
      },
      minProperties: 1,
      maxProperties: 1,
      description:
        'either `id` (1 to 100,000; to 4,294,967,295 for a temporary code) or `str` (1 to 64 bytes in UTF-8)',
    },
    expireSeconds: {
      type: 'integer',
      minimum: 1,
      maximum: 2_592_000,
      description: 'for a temporary code; 30 days when left out',
    },
  },
  bodyExample: {
    campaignId: example.campaign.id,
    channelId: example.channel.id,
    label: example.label,
    kind: 'permanent',
    tags: ['收银台'],
  },
  answers: [
    { status: 201, description: 'Issued', schema: codeSchema, example },
    {
      status: 202,
      description:
        'Reserved and kept: WeChat has not issued it yet, `error` says why. It is asked again with the same scene.',
      schema: codeSchema,
      example: {
        ...example,
        status: 'reserved',
        ticket: null,
        url: null,
        issuedAt: null,
        error: { kind: 'network', errcode: null, errmsg: null, rid: null, at: '2026-11-24T08:00:10.000Z' },
        nextAttemptAt: '2026-11-24T08:00:12.000Z',
      },
    },
  ],
  errors: [
    'ACCOUNT_STOPPED',
    'EXTERNAL_USE_UNDECLARED',
    'SCENE_CAP_REACHED',
    'SCENE_TAKEN',
    'SCENE_NOT_OURS',
    'CAMPAIGN_BUDGET_REACHED',
    'SLOT_NOT_ARCHIVED',
    'SLOT_COOLING',
    'WECHAT_REFUSED',
  ],
  location: '/api/v1/codes',
});

export const getCodeOperation = operation({
  id: 'getCode',
  method: 'GET',
  path: '/api/v1/codes/{id}',
  tag: 'codes',
  summary: 'One code',
  role: 'viewer',
  scope: 'account',
  params,
  answers: [{ status: 200, description: 'The code', schema: codeSchema, example }],
});

export const updateCodeOperation = operation({
  id: 'updateCode',
  method: 'PATCH',
  path: '/api/v1/codes/{id}',
  tag: 'codes',
  summary: 'Change label, channel and tags; what is left out stays as it is',
  role: 'marketer',
  scope: 'account',
  params,
  body: updateCodeSchema,
  bodyHints: {
    label,
    channelId: { description: 'null: none' },
    tags: { ...tags, description: 'all that it has from then on, by name; those that are missing are made' },
  },
  bodyExample: { label: '人民广场店 橱窗' },
  answers: [{ status: 200, description: 'Changed', schema: codeSchema, example }],
});

export const archiveCodeOperation = operation({
  id: 'archiveCode',
  method: 'POST',
  path: '/api/v1/codes/{id}/archive',
  tag: 'codes',
  summary: 'Take a code out of use',
  description: 'A permanent scene stays spent, and what is printed goes on working.',
  role: 'marketer',
  scope: 'account',
  params,
  answers: [
    {
      status: 200,
      description: 'Archived',
      schema: codeSchema,
      example: { ...example, status: 'archived', archivedAt: '2026-11-25T08:00:00.000Z' },
    },
  ],
  errors: ['CONFLICT', 'CODE_NOT_ISSUED'],
});

export const renewCodeOperation = operation({
  id: 'renewCode',
  method: 'POST',
  path: '/api/v1/codes/{id}/renew',
  tag: 'codes',
  summary: 'Make the successor of a temporary code',
  description:
    'The time of a temporary code cannot be prolonged: its successor has the same label, campaign, channel and tags, a new scene and so a new symbol. A code is renewed once; done again, the successor that is there is the answer.',
  role: 'marketer',
  scope: 'account',
  params,
  body: renewCodeSchema,
  bodyHints: { expireSeconds: { description: 'as long as its predecessor when left out' } },
  bodyExample: { expireSeconds: 604_800 },
  answers: [
    {
      status: 201,
      description: 'Issued',
      schema: codeSchema,
      example: {
        ...example,
        kind: 'temporary',
        scene: { id: 901_223_371 },
        expiresAt: '2026-12-01T08:00:01.000Z',
        expireSeconds: 604_800,
        renews: { id: '7d1b7a1e-8a53-4f6b-b3c5-0e8d3f6c2a10', label: example.label },
      },
    },
    { status: 202, description: 'Reserved; WeChat is asked again by itself', schema: codeSchema },
  ],
  errors: ['ACCOUNT_STOPPED', 'CODE_NOT_ISSUED', 'CONFLICT', 'WECHAT_REFUSED'],
});

export const getCodeImageOperation = operation({
  id: 'getCodeImage',
  method: 'GET',
  path: '/api/v1/codes/{id}/image',
  tag: 'codes',
  summary: 'The symbol of a code for print',
  description:
    "Every file states its size in millimetres and is read back by an independent reader before it is sent. What is left out is the design's; without a design 50 mm, 300 dpi, Q, a quiet zone of 4, black on white.",
  role: 'viewer',
  scope: 'account',
  params,
  query: z.strictObject(imageQuerySchema.shape),
  queryHints: {
    format: { description: 'of the file' },
    mm: { description: 'outer width in millimetres, quiet zone included' },
    dpi: { description: 'of a PNG or TIFF' },
    design: { description: 'id of a saved design; what the query says goes before it' },
    ec: { description: 'error correction' },
    quiet: { description: 'quiet zone in modules' },
    temporary: { description: 'the deliberate yes to printing a code that expires' },
    download: { description: 'to be saved and not shown' },
  },
  answers: [{ status: 200, description: 'The file', contentTypes: Object.values(printContentTypes) }],
  errors: [
    'TEMPORARY_NOT_CONFIRMED',
    'IMAGE_OUT_OF_BOUNDS',
    'IMAGE_UNREADABLE',
    'CODE_NOT_ISSUED',
    'CODE_EXPIRED',
  ],
});
