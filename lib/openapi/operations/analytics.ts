import { breakdownSchema, seriesSchema, summarySchema } from '../../analytics/schemas';
import {
  breakdownSchema as breakdownAnswer,
  seriesSchema as seriesAnswer,
  summarySchema as summaryAnswer,
} from '../analytics-resources';
import { operation } from '../operation';

const example = {
  scans: 1_284,
  people: 1_102,
  newFollowers: 640,
  refollows: 31,
  followerScans: 613,
  unfollows: 58,
  netFollowers: 613,
};

const common = {
  method: 'GET',
  tag: 'analytics',
  role: 'viewer',
  scope: 'account',
} as const;

const hints = {
  from: {
    description: "first day, a local date of the account's time zone; 30 days up to `to` when left out",
  },
  to: { description: 'last day, included; today when left out' },
  campaignId: { description: 'scans that counted for this campaign' },
  codeId: { description: 'with `channelId`: the code alone decides' },
  tagId: { description: 'codes that have this tag now' },
  city: { description: 'channels of this city' },
  region: { description: 'channels of this region' },
};

const people =
  'People are counted exactly over a day, a week from Monday, a month from its first day, and all time; elsewhere by sketches or as a bound: the header Qudao-People says `exact`, `about; error=0.016` or `at-most`.';

const csv = {
  status: 200,
  description: 'The same as a table, for Accept: text/csv',
  contentTypes: ['text/csv'],
};

export const getSummaryOperation = operation({
  ...common,
  id: 'getAnalyticsSummary',
  path: '/api/v1/analytics/summary',
  summary: 'The figures of a range of days',
  description: people,
  query: summarySchema,
  queryHints: hints,
  answers: [{ status: 200, description: 'The figures', schema: summaryAnswer, example }, csv],
});

export const getSeriesOperation = operation({
  ...common,
  id: 'getAnalyticsSeries',
  path: '/api/v1/analytics/series',
  summary: 'The figures of a range by hour, day, week or month',
  description: `Keys are "2026-11-23T14", "2026-11-23", the Monday of a week, or "2026-11"; periods without scans are there with zeros, up to now. ${people}`,
  query: seriesSchema,
  queryHints: { ...hints, by: { description: 'hour for at most 92 days' } },
  answers: [
    {
      status: 200,
      description: 'One item a period',
      schema: seriesAnswer,
      example: { items: [{ key: '2026-11-23', ...example }] },
    },
    csv,
  ],
});

export const getBreakdownOperation = operation({
  ...common,
  id: 'getAnalyticsBreakdown',
  path: '/api/v1/analytics/breakdown',
  summary: 'The figures of a range by campaign, channel, code, tag, city or region, most scans first',
  description: `The key is an id, of a city or region its name, and empty for what has none. ${people}`,
  query: breakdownSchema,
  queryHints: { ...hints, limit: { description: 'items, most scans first' } },
  answers: [
    {
      status: 200,
      description: 'One item each',
      schema: breakdownAnswer,
      example: {
        items: [{ key: '5f1d6d0a-0f0b-4b0e-8a31-1c4c7a1b9e02', name: '人民广场店', ...example }],
      },
    },
    csv,
  ],
});
