import { z } from 'zod';
import { maxSelected } from '../../codes/selection-types';
import { exportQuerySchema } from '../../exports/schemas';
import { designDefaults } from '../../print/design-schemas';
import { operation } from '../operation';
import { exportSchema } from '../resources';

const example = {
  id: '3b1c4a8e-7f10-4f0e-8a5d-5d0f4c1a9e22',
  accountId: '0f2d2e8a-53c5-4a0e-9d4e-2b2f0d2c9a11',
  way: 'prepared',
  state: 'working',
  isOutdated: false,
  as: 'zip',
  format: 'png',
  design: { ...designDefaults, sizeMm: 50, dotsPerInch: 600 },
  designName: '门店立牌 50 毫米',
  designVersion: 3,
  sheet: null,
  merge: null,
  posterId: null,
  query: { campaignId: '7c0c1f4e-7a1d-4c1e-8f57-0a4b9b7f2f10' },
  total: 12_000,
  done: 4_800,
  leftOut: { notIssued: 2, expired: 0, expiring: 0, named: [] },
  bytes: null,
  digest: null,
  error: null,
  downloads: 0,
  createdAt: '2026-11-24T08:00:00.000Z',
  createdBy: 'till system',
  startedAt: '2026-11-24T08:00:01.000Z',
  finishedAt: null,
  expiresAt: '2026-12-24T08:00:00.000Z',
};

const hints = {
  ids: {
    description: `the codes one by one, instead of a filter: at most ${maxSelected}; in an address with commas between`,
  },
  as: { description: '`zip`: a file a code, and `manifest.csv`; `pdf`: pages' },
  design: { description: 'id of a saved design; black on white when left out' },
  mm: { description: 'outer width in millimetres, quiet zone included; before that of the design' },
  dpi: { description: 'before that of the design; of no meaning for a vector format' },
  ec: { description: 'before that of the design' },
  quiet: { description: 'modules of quiet zone on every side; before that of the design' },
  sheet: {
    description:
      'for `as=pdf`: `single`, `a4`, `a3`, `sra3`, `letter`, or the number of a label stock; that of the design when left out',
  },
  columns: { description: 'of a grid (`a4`, `letter` …), not of a label stock' },
  rows: { description: 'of a grid' },
  margin: { description: 'of a grid, in mm from the edge of the page' },
  gap: { description: 'of a grid, in mm between labels' },
  bleed: { description: 'mm by which the ground of a label goes over its edge' },
  crop: { description: '`1`: crop marks; `0`: none' },
  start: { description: 'the first label to print on, from 1: sheets that were begun are used up' },
  copies: { description: 'how many times each code is printed, side by side' },
  merge: {
    description:
      '`indesign`: for a ZIP, `merge.txt` beside the pictures, for InDesign’s Data Merge: UTF-16 with tabs, `@code` names the picture',
  },
  name: { description: 'template of the file names: `{label}`, `{campaign}`, `{channel}`, `{scene}`, `{n}`' },
  temporary: { description: '`ok`: the deliberate yes to printing codes that expire' },
  usableUntil: { description: 'a local date: codes that expire before it are left out, and named' },
};

const about =
  'Takes the filter of the list of codes. Every symbol is decoded by an independent reader before it leaves. Codes that have no symbol yet or have expired are left out and counted in `leftOut`.';

export const streamExportOperation = operation({
  id: 'streamExport',
  method: 'GET',
  path: '/api/v1/exports',
  tag: 'exports',
  summary: 'Print files of many codes, made while they are sent',
  description: `${about} The length of a ZIP is known beforehand; a failure after the first byte breaks the connection. \`X-Export-Left-Out\` says how many were left out and why; which ones is in \`leftOut.named\` of \`GET /api/v1/exports/{id}\`, whose id is in \`X-Export-Id\`. What was sent can be fetched again, in parts too, for as long as the account keeps its files.`,
  role: 'viewer',
  scope: 'account',
  query: exportQuerySchema,
  queryHints: hints,
  answers: [{ status: 200, description: 'The file', contentTypes: ['application/zip', 'application/pdf'] }],
  errors: [
    'TEMPORARY_NOT_CONFIRMED',
    'CODE_NOT_ISSUED',
    'CODE_EXPIRED',
    'IMAGE_OUT_OF_BOUNDS',
    'IMAGE_UNREADABLE',
  ],
});

export const createExportOperation = operation({
  id: 'createExport',
  method: 'POST',
  path: '/api/v1/exports',
  tag: 'exports',
  summary: 'Have print files made behind the scenes',
  description: `${about} For large ones: it survives a restart, and its file, ZIP or PDF, can be fetched in parts. The answer names the first 50 codes that were left out, each with its reason.`,
  role: 'marketer',
  scope: 'account',
  body: exportQuerySchema,
  bodyHints: hints,
  bodyExample: { campaignId: '7c0c1f4e-7a1d-4c1e-8f57-0a4b9b7f2f10', format: 'png', mm: 50, dpi: 600 },
  maxBodyBytes: 8_000_000,
  answers: [{ status: 202, description: 'It is being made', schema: exportSchema, example }],
  errors: [
    'TEMPORARY_NOT_CONFIRMED',
    'CODE_NOT_ISSUED',
    'CODE_EXPIRED',
    'IMAGE_OUT_OF_BOUNDS',
    'IMAGE_UNREADABLE',
  ],
});

const params = { id: 'of the export' };

export const getExportOperation = operation({
  id: 'getExport',
  method: 'GET',
  path: '/api/v1/exports/{id}',
  tag: 'exports',
  summary: 'How far an export is',
  role: 'viewer',
  scope: 'account',
  params,
  answers: [{ status: 200, description: 'The export', schema: exportSchema, example }],
});

export const getExportFileOperation = operation({
  id: 'getExportFile',
  method: 'GET',
  path: '/api/v1/exports/{id}/file',
  tag: 'exports',
  summary: 'The file of an export, or a part of it',
  description:
    'Takes `Range` with one range, and `If-Range` with the ETag: a broken download goes on where it stopped.',
  role: 'viewer',
  scope: 'account',
  params,
  query: z.strictObject({}),
  answers: [
    { status: 200, description: 'The file', contentTypes: ['application/zip', 'application/pdf'] },
    { status: 206, description: 'The part', contentTypes: ['application/zip', 'application/pdf'] },
    { status: 304, description: 'Unchanged', contentTypes: ['application/zip'] },
    { status: 416, description: 'The file has no such part', contentTypes: ['application/zip'] },
  ],
  errors: ['EXPORT_STATE'],
});
