import { createCampaignSchema, listCampaignsSchema, updateCampaignSchema } from '../../campaigns/schemas';
import { operation } from '../operation';
import { campaignPageSchema, campaignSchema } from '../resources';
import { pageHints } from './page-query';

const example = {
  id: '7c0c1f4e-7a1d-4c1e-8f57-0a4b9b7f2f10',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  name: '双十二会员日',
  note: '',
  startsOn: '2026-12-10',
  endsOn: '2026-12-14',
  owner: null,
  slotBudget: 3_000,
  cost: 18_000,
  slotsSpent: 1_268,
  archivedAt: null,
  createdAt: '2026-11-24T08:00:00.000Z',
  codeCount: 0,
};

const hints = {
  name: { minLength: 1, maxLength: 200 },
  note: { maxLength: 2_000 },
  startsOn: { description: "local date of the account's time zone; null: open" },
  endsOn: { description: 'the last day; null: open' },
};

const params = { id: 'of the campaign' };

export const listCampaignsOperation = operation({
  id: 'listCampaigns',
  method: 'GET',
  path: '/api/v1/campaigns',
  tag: 'campaigns',
  summary: 'Campaigns, the newest first',
  role: 'viewer',
  scope: 'account',
  query: listCampaignsSchema,
  queryHints: { q: { description: 'part of the name' }, ...pageHints },
  answers: [{ status: 200, description: 'One page', schema: campaignPageSchema }],
});

export const createCampaignOperation = operation({
  id: 'createCampaign',
  method: 'POST',
  path: '/api/v1/campaigns',
  tag: 'campaigns',
  summary: 'Make a campaign',
  role: 'marketer',
  scope: 'account',
  body: createCampaignSchema,
  bodyHints: hints,
  bodyExample: { name: example.name, startsOn: example.startsOn, endsOn: example.endsOn },
  answers: [{ status: 201, description: 'Made', schema: campaignSchema, example }],
  location: '/api/v1/campaigns',
});

export const getCampaignOperation = operation({
  id: 'getCampaign',
  method: 'GET',
  path: '/api/v1/campaigns/{id}',
  tag: 'campaigns',
  summary: 'One campaign',
  role: 'viewer',
  scope: 'account',
  params,
  answers: [{ status: 200, description: 'The campaign', schema: campaignSchema, example }],
});

export const updateCampaignOperation = operation({
  id: 'updateCampaign',
  method: 'PATCH',
  path: '/api/v1/campaigns/{id}',
  tag: 'campaigns',
  summary: 'Change a campaign; what is left out stays as it is',
  role: 'marketer',
  scope: 'account',
  params,
  body: updateCampaignSchema,
  bodyHints: hints,
  bodyExample: { endsOn: '2026-12-20' },
  answers: [{ status: 200, description: 'Changed', schema: campaignSchema, example }],
});
