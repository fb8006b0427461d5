import { parseAsInteger, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { codeKinds, codeOrigins, codeSortKeys, codeStatuses } from '@/lib/codes/types';

/** What the list of codes keeps in the URL. */
export const codeListParsers = {
  q: parseAsString.withDefault(''),
  campaignId: parseAsString,
  channelId: parseAsString,
  tagId: parseAsString,
  scenes: parseAsString,
  kind: parseAsStringLiteral(codeKinds),
  status: parseAsStringLiteral(codeStatuses),
  expiresWithinDays: parseAsInteger,
  origin: parseAsStringLiteral(codeOrigins),
  flagged: parseAsStringLiteral(['true']),
  importId: parseAsString,
  sort: parseAsStringLiteral(codeSortKeys).withDefault('createdAt'),
  order: parseAsStringLiteral(['asc', 'desc']).withDefault('desc'),
  cursor: parseAsString,
  trail: parseAsString,
};

/** Offered by the filter for what ends soon. */
export const expiryDays = [1, 3, 7, 14, 30] as const;

/** A new filter or order begins at the first page. */
export const firstPage = { cursor: null, trail: null };
