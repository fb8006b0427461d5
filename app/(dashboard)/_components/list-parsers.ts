import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** What the lists of campaigns and channels keep in the URL. */
export const listParsers = {
  q: parseAsString.withDefault(''),
  archived: parseAsStringLiteral(['only', 'include']),
  cursor: parseAsString,
  trail: parseAsString,
};
