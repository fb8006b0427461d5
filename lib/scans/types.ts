export const scanEventKinds = ['subscribe', 'scan', 'unsubscribe'] as const;
export type ScanEventKind = (typeof scanEventKinds)[number];

export type ScanDto = {
  id: string;
  /** When WeChat says that it happened; ISO 8601 UTC, like every time here. */
  at: string;
  event: ScanEventKind;
  /** Masked, unless whoever asks may see openids whole; null: this person has unfollowed or was forgotten. */
  openid: string | null;
  codeId: string | null;
  codeLabel: string | null;
  scene: string | null;
  /** Whether it counts for a code, or came by no scene at all. */
  known: boolean;
};
export type ScanPageDto = { items: ScanDto[]; nextCursor: string | null };

export type UnknownSceneDto = { scene: string; events: number; firstAt: string; lastAt: string };

/** Unknown scenes that look alike: `login-…`, or integers of one thousand. */
export type UnknownGroupDto = {
  key: string;
  prefix: string | null;
  fromId: number | null;
  toId: number | null;
  scenes: number;
  events: number;
  lastAt: string;
  /** The most scanned of them. */
  examples: UnknownSceneDto[];
};

export type SetAsideDto = {
  id: string;
  prefix: string | null;
  fromId: number | null;
  toId: number | null;
  /** What it hides at present. */
  events: number;
  createdByName: string;
  createdAt: string;
};

export type UnknownScenesDto = { groups: UnknownGroupDto[]; setAside: SetAsideDto[]; isCut: boolean };

export const recountReasons = ['replay', 'adopt', 'time_zone', 'check'] as const;
export type RecountDto = {
  id: string;
  reason: (typeof recountReasons)[number];
  state: 'waiting' | 'running' | 'done' | 'failed';
  peopleDone: number;
  peopleTotal: number | null;
  /** Of a check or replay that is done: rows that differed. */
  differences: number | null;
  error: string | null;
  askedByName: string;
  createdAt: string;
  finishedAt: string | null;
};

export type PushRefusalDto = {
  id: string;
  at: string;
  reason: string;
  cameAs: 'plain' | 'compat' | 'safe' | null;
};

export type PushSettingsDto = {
  accountId: string;
  pushMode: 'plain' | 'compat' | 'safe';
  hasPushToken: boolean;
  hasEncodingAesKey: boolean;
  timeZone: string;
  verifiedAt: string | null;
  receivedAt: string | null;
  countedSince: string | null;
  eventRetentionDays: number;
  asksUserInfo: boolean;
  refusals: PushRefusalDto[];
  recounts: RecountDto[];
};
