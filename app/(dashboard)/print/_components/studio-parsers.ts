import { parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { codeKinds, codeStatuses } from '@/lib/codes/types';
import { printFormats } from '@/lib/print/design-types';

/** What the studio keeps in the URL: which codes, and how. */
export const studioParsers = {
  ids: parseAsArrayOf(parseAsString).withDefault([]),
  batchId: parseAsString,
  q: parseAsString.withDefault(''),
  campaignId: parseAsString,
  channelId: parseAsString,
  kind: parseAsStringLiteral(codeKinds),
  status: parseAsStringLiteral(codeStatuses),
  usableUntil: parseAsString,
  design: parseAsString,
  format: parseAsStringLiteral(printFormats).withDefault('png'),
};
