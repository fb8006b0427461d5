import { type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { codeKinds, codeStatuses } from '@/lib/codes/types';
import { exportMerges } from '@/lib/exports/types';
import { printFormats } from '@/lib/print/design-types';

/** A file a code, a page a code, or sheets of labels. */
export const packings = ['zip', 'single', 'sheet'] as const;

/** What the studio keeps in the URL: which codes, and how. */
export const studioParsers = {
  ids: parseAsArrayOf(parseAsString).withDefault([]),
  batchId: parseAsString,
  q: parseAsString.withDefault(''),
  campaignId: parseAsString,
  channelId: parseAsString,
  tagId: parseAsString,
  kind: parseAsStringLiteral(codeKinds),
  status: parseAsStringLiteral(codeStatuses),
  usableUntil: parseAsString,
  design: parseAsString,
  poster: parseAsString,
  as: parseAsStringLiteral(packings).withDefault('zip'),
  format: parseAsStringLiteral(printFormats).withDefault('png'),
  merge: parseAsStringLiteral(exportMerges),
};
export type StudioChoice = inferParserType<typeof studioParsers>;
/** Null: as it was in the beginning. */
export type StudioChange = Partial<{ [Name in keyof StudioChoice]: StudioChoice[Name] | null }>;
