import { listDesignsSchema } from '../../designs/schemas';
import { designDefaults } from '../../print/design-schemas';
import { operation } from '../operation';
import { designPageSchema, designSchema } from '../resources';
import { pageHints } from './page-query';

const example = {
  id: '9d7b6a10-3c1f-4a52-8f0e-6a3a5f1c2b44',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  name: '收银台台卡',
  settings: { ...designDefaults, caption: { template: '{label}', textMm: 3, maxLines: 2 } },
  sheet: null,
  logo: null,
  version: 3,
  isDefault: true,
  archivedAt: null,
  createdAt: '2026-11-24T08:00:00.000Z',
  updatedAt: '2026-11-25T02:30:00.000Z',
};

export const listDesignsOperation = operation({
  id: 'listDesigns',
  method: 'GET',
  path: '/api/v1/designs',
  tag: 'designs',
  summary: 'Print designs, the last changed first',
  description: 'The id of a design is the `design=` of images and exports.',
  role: 'viewer',
  scope: 'account',
  query: listDesignsSchema,
  queryHints: { q: { description: 'part of the name' }, ...pageHints },
  answers: [{ status: 200, description: 'One page', schema: designPageSchema }],
});

export const getDesignOperation = operation({
  id: 'getDesign',
  method: 'GET',
  path: '/api/v1/designs/{id}',
  tag: 'designs',
  summary: 'One print design',
  role: 'viewer',
  scope: 'account',
  params: { id: 'of the design' },
  answers: [{ status: 200, description: 'The design', schema: designSchema, example }],
});
