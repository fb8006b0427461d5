import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { csvQuerySchema } from '@/lib/analytics/schemas';
import { toCsv } from '@/lib/analytics/to-csv';
import { operation } from '@/lib/openapi/operation';
import { apiMethods, sessionOrKeyRoute } from '@/lib/web/api-route';
import { csvResponse } from '@/lib/web/csv-response';
import { makeTable, type ReportText } from './make-table';

const csvOperation = operation({
  id: 'downloadReport',
  method: 'GET',
  path: '/api/analytics/csv',
  tag: 'analytics',
  summary: 'What a chart shows, as a CSV',
  role: 'viewer',
  scope: 'account',
  query: z.looseObject(csvQuerySchema.shape),
  answers: [{ status: 200, description: 'UTF-8 with BOM', contentTypes: ['text/csv'] }],
});

/** For a browser with a session: the link beside every chart, with its heads in the person's language. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = apiMethods({
  GET: sessionOrKeyRoute(csvOperation, async (ctx, { accountId, query }) => {
    const translate = await getTranslations('analytics');
    const text: ReportText = (key) => translate(key);
    const { head, rows } = await makeTable(ctx, accountId, query, text);
    return csvResponse({ fileName: `${query.report}.csv`, text: toCsv(head, rows) });
  }),
});
