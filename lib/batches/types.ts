import type { CodeErrorDto, CodeKind, SceneDto } from '../codes/types';
import type { InvalidRowDto, MatchedColumn } from '../tables/types';

export const batchStates = ['queued', 'issuing', 'paused', 'done', 'failed', 'cancelled'] as const;
/**
 * `paused`: by a person, or because the account is stopped. `done`: every code issued. `failed`: nothing waits any more and
 * some codes were refused for good.
 */
export type BatchState = (typeof batchStates)[number];

export const batchSources = ['count', 'rows', 'csv', 'channels', 'renewal'] as const;
export type BatchSource = (typeof batchSources)[number];

export const rowStatuses = ['reserved', 'issued', 'failed'] as const;
export type RowStatus = (typeof rowStatuses)[number];

/** `reused`: rows that got a code which their channel had already. */
export const rowFilters = [...rowStatuses, 'reused'] as const;
export type RowFilter = (typeof rowFilters)[number];

/** What a column of a file may hold. */
export const rowFields = [
  'label',
  'scene',
  'sceneId',
  'sceneStr',
  'channel',
  'channelName',
  'city',
  'region',
  'key',
  'expireSeconds',
  'tags',
] as const;
export type RowField = (typeof rowFields)[number];

export type BatchDto = {
  id: string;
  accountId: string;
  /** Null of a renewal: each successor serves what its predecessor served. */
  campaign: { id: string; name: string } | null;
  /** Where codes hang whose row names no channel. */
  channel: { id: string; number: string; name: string } | null;
  kind: CodeKind;
  source: BatchSource;
  fileName: string | null;
  labelTemplate: string | null;
  state: BatchState;
  /** Who has paused it; the account's stop when nobody has. Null unless paused. */
  pause:
    | { reason: 'person'; by: string; at: string }
    | { reason: 'accountStopped'; errcode: number; until: string | null }
    | null;
  /** Codes made. `total = reserved + issued + failed + returned`. */
  total: number;
  reserved: number;
  issued: number;
  failed: number;
  /** Taken back before WeChat could see them; their slots are free again. */
  returned: number;
  /** Rows that got a permanent code which their channel had already; no part of `total`. */
  reused: number;
  /** Rows of the file that an earlier import had made: nothing was made twice. */
  known: number;
  createdAt: string;
  createdBy: string;
  startedAt: string | null;
  finishedAt: string | null;
};

export type BatchPageDto = { items: BatchDto[]; nextCursor: string | null };

/** For the page that follows a batch: one small answer. */
export type BatchProgressDto = BatchDto & {
  /** When it was read, by the server's clock: of two answers that cross, the later holds. */
  asOf: string;
  /** Codes issued in the last ten seconds, a second; null while none were. */
  issuedPerSecond: number | null;
  secondsLeft: number | null;
  /** The last failures of rows that are not issued yet, newest first, alike ones counted together. */
  lastErrors: (CodeErrorDto & { rows: number })[];
};

export type BatchRowDto = {
  /** Of the file, the header being line 1; of a batch by count the number of the code, from 1. */
  line: number;
  key: string | null;
  codeId: string;
  label: string;
  scene: SceneDto;
  status: RowStatus;
  channel: { id: string; number: string; name: string } | null;
  ticket: string | null;
  url: string | null;
  expiresAt: string | null;
  issuedAt: string | null;
  error: CodeErrorDto | null;
  nextAttemptAt: string | null;
  /** The channel had this code already: it serves the campaign from this moment. Null: the code was made for the row. */
  reusedFrom: string | null;
};

export type BatchRowPageDto = { items: BatchRowDto[]; nextCursor: string | null };

export type DryRunDto = {
  /** Rows that would be made. */
  valid: number;
  invalid: number;
  /** Rows that an earlier import has made: they would be left out. Neither valid nor invalid. */
  known: number;
  /** The invalid ones, in order, the first thousand of them. */
  rows: InvalidRowDto[];
  /** Of a file: its columns, and what each was taken for; null: not used. */
  columns: MatchedColumn<RowField>[];
  /** What the first rows would become. */
  sample: {
    line: number;
    label: string;
    scene: SceneDto | null;
    channel: string | null;
    key: string | null;
    tags: string[];
  }[];
  /** Channels that the file names and that do not exist yet: they would be made. */
  newChannels: number;
  /** Tags by their names that would be made. */
  newTags: string[];
  /** Of the valid rows, how many could get a permanent code that their channel has already: with `reuse` they do. */
  reusable: number;
  /** Permanent slots that would be spent; null for temporary codes. */
  slots: {
    needed: number;
    remaining: number;
    /** Of the campaign's budget; null: it has none. */
    budgetLeft: number | null;
    /** Above so many at once an admin is asked instead of anything being made; null: never. */
    approvalAbove: number | null;
  } | null;
};
