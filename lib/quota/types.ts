import type { PoolCounts } from '../ledger/pools';

/** `cap = issued + reserved + external + unlisted + remaining` while nothing is overdrawn; archived is a part of issued. */
export type QuotaCountsDto = {
  cap: number;
  issued: number;
  reserved: number;
  external: number;
  /** Spent slots whose ids nobody knows: WeChat said "used up" before our count did. */
  unlisted: number;
  archived: number;
  remaining: number;
  /** By kind of scene. Where pools are not shared, `cap` and `remaining` are of both together. */
  pools: { shared: boolean; integer: PoolCounts; string: PoolCounts };
};

export type QuotaDto = QuotaCountsDto & {
  /** Calls of qrcode/create that this app has made today (UTC+8). */
  callsToday: number;
  callLimit: number;
};

export type CallUsageDto = {
  callsToday: number;
  callLimit: number;
  /** What WeChat counts for all systems together; null while WeChat has not been asked or did not answer. */
  atWeChat: { used: number; dailyLimit: number; at: string } | null;
};

export const ledgerCounters = [
  'reserved',
  'issued',
  'archived',
  'external',
  'reservedStrings',
  'issuedStrings',
  'externalStrings',
] as const;
export type LedgerCounter = (typeof ledgerCounters)[number];

export type LedgerCheckDto = {
  ok: boolean;
  counters: { counter: LedgerCounter; kept: number; counted: number }[];
  /** Free integers as the gaps say it, and as the rows do. */
  freeIds: { kept: number; counted: number; same: boolean };
};

export type QuotaRulesDto = {
  /** Whether the cap binds integers and strings together, or each. WeChat does not say which it is. */
  sharesPool: boolean;
  /** How long a slot stays archived before another code may have it. */
  coolingDays: number;
  /** A marketer who wants more slots than this at once asks an admin; null: never. */
  approvalThreshold: number | null;
  /** What stood as unlisted before it was corrected last; null: there is nothing to take back. */
  unlistedBefore: number | null;
  /** When WeChat said "used up" (45029), and what our count had left then; null: it never did. */
  usedUp: { at: string; remainingByCount: number } | null;
};

/** `picture`: runs over 1…100,000, as `decodePicture` of scene-picture reads them. */
export type ScenePictureDto = { picture: string };

export type QuotaUseDto = {
  /** `slots` were first spent for it; `budget` null: none is set. */
  campaigns: { id: string; name: string; slots: number; budget: number | null }[];
  /** `id` null: an API key, the system, or somebody who was removed. */
  people: { id: string | null; name: string; slots: number }[];
};

export type ForecastDto =
  | { kind: 'usedUp' }
  | {
      kind: 'tooLittle';
      historyDays: number;
      usedDays: number;
      needed: { historyDays: number; usedDays: number };
    }
  /** Nothing was taken within the last `days`. */
  | { kind: 'unused'; days: number }
  | {
      kind: 'forecast';
      perDay: number;
      /** How many days the mean is of: 90, or as many as there are. */
      basedOnDays: number;
      /** ISO 8601; null: not within a hundred years. */
      at: string | null;
      earliest: string | null;
      latest: string | null;
    };

export type ThresholdDto = { percent: number; raisedAt: string | null; clearedAt: string | null };
