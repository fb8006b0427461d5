import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { codeKinds, codeSortKeys, codeStatuses } from '@/lib/codes/types';

/** What the list of codes keeps in the URL. */
export const codeListParsers = {
  q: parseAsString.withDefault(''),
  campaignId: parseAsString,
  channelId: parseAsString,
  kind: parseAsStringLiteral(codeKinds),
  status: parseAsStringLiteral(codeStatuses),
  sort: parseAsStringLiteral(codeSortKeys).withDefault('createdAt'),
  order: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
  cursor: parseAsString,
  trail: parseAsString,
};

/** A new filter or order begins at the first page. */
export const firstPage = { cursor: null, trail: null };
