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
