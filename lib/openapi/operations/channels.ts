import {
  createChannelSchema,
  listChannelsSchema,
  putChannelSchema,
  updateChannelSchema,
} from '../../channels/schemas';
import { operation } from '../operation';
import { channelPageSchema, channelSchema } from '../resources';
import { pageHints } from './page-query';

const example = {
  id: '5f1d6d0a-0f0b-4b0e-8a31-1c4c7a1b9e02',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  number: 'SH-0017',
  name: '人民广场店',
  city: '上海',
  region: '华东',
  columns: { 店长: '李雷' },
  archivedAt: null,
  createdAt: '2026-11-24T08:00:00.000Z',
  codeCount: 0,
};

const { name, city, region, columns } = example;

const hints = {
  number: { minLength: 1, maxLength: 64, description: 'unique in the account' },
  name: { minLength: 1, maxLength: 200 },
  city: { maxLength: 100 },
  region: { maxLength: 100 },
  columns: { maxProperties: 30, description: "the company's own columns; replaced as a whole" },
};

const params = { id: 'of the channel' };

export const listChannelsOperation = operation({
  id: 'listChannels',
  method: 'GET',
  path: '/api/v1/channels',
  tag: 'channels',
  summary: 'Channels, by number',
  role: 'viewer',
  scope: 'account',
  query: listChannelsSchema,
  queryHints: { q: { description: 'part of number, name, city or region' }, ...pageHints },
  answers: [{ status: 200, description: 'One page', schema: channelPageSchema }],
});

export const createChannelOperation = operation({
  id: 'createChannel',
  method: 'POST',
  path: '/api/v1/channels',
  tag: 'channels',
  summary: 'Make a channel',
  role: 'marketer',
  scope: 'account',
  body: createChannelSchema,
  bodyHints: hints,
  bodyExample: { number: example.number, name, city, region, columns },
  answers: [{ status: 201, description: 'Made', schema: channelSchema, example }],
  location: '/api/v1/channels',
});

export const getChannelOperation = operation({
  id: 'getChannel',
  method: 'GET',
  path: '/api/v1/channels/{id}',
  tag: 'channels',
  summary: 'One channel',
  role: 'viewer',
  scope: 'account',
  params,
  answers: [{ status: 200, description: 'The channel', schema: channelSchema, example }],
});

export const updateChannelOperation = operation({
  id: 'updateChannel',
  method: 'PATCH',
  path: '/api/v1/channels/{id}',
  tag: 'channels',
  summary: 'Change a channel; what is left out stays as it is',
  role: 'marketer',
  scope: 'account',
  params,
  body: updateChannelSchema,
  bodyHints: hints,
  bodyExample: { city: '苏州' },
  answers: [{ status: 200, description: 'Changed', schema: channelSchema, example }],
});

export const putChannelOperation = operation({
  id: 'putChannelByNumber',
  method: 'PUT',
  path: '/api/v1/channels/by-number/{number}',
  tag: 'channels',
  summary:
    "Make the channel of this number, or change the one that has it; for imports from the company's own list",
  role: 'marketer',
  scope: 'account',
  params: { number: "the company's own number of the channel, percent-encoded" },
  body: putChannelSchema,
  bodyHints: hints,
  bodyExample: { name, city, region, columns },
  answers: [
    { status: 200, description: 'There was one; it is changed', schema: channelSchema, example },
    { status: 201, description: 'Made', schema: channelSchema, example },
  ],
  location: '/api/v1/channels',
});
