import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { batchStates, rowFilters } from '@/lib/batches/types';

/** What the list of batches keeps in the URL. */
export const batchListParsers = {
  state: parseAsStringLiteral(batchStates),
  cursor: parseAsString,
  trail: parseAsString,
};

/** What the page of a batch keeps in the URL: which of its rows it shows. */
export const batchRowParsers = {
  status: parseAsStringLiteral(rowFilters),
  cursor: parseAsString,
  trail: parseAsString,
};
