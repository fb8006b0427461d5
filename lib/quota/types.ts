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

export const ledgerCounters = ['reserved', 'issued', 'archived', 'external'] as const;
export type LedgerCounter = (typeof ledgerCounters)[number];

export type LedgerCheckDto = {
  ok: boolean;
  counters: { counter: LedgerCounter; kept: number; counted: number }[];
  /** Free integers as the gaps say it, and as the rows do. */
  freeIds: { kept: number; counted: number; same: boolean };
};
