/** The four `action_name`s of WeChat are code kind × scene kind. */
export const codeKinds = ['temporary', 'permanent'] as const;
export type CodeKind = (typeof codeKinds)[number];

export const sceneKinds = ['integer', 'string'] as const;
export type SceneKind = (typeof sceneKinds)[number];

/** What a person sees: the state of issuing, then what became of the issued code. */
export const codeStatuses = ['reserved', 'issued', 'failed', 'expired', 'archived'] as const;
export type CodeStatus = (typeof codeStatuses)[number];

export const codeSortKeys = ['createdAt', 'label', 'scene', 'scans', 'expiresAt'] as const;
export type CodeSortKey = (typeof codeSortKeys)[number];

/** `imported`: made by another system, and brought in · `binding`: shown once to one user of another system, and left out of lists. */
export const codeOrigins = ['made', 'imported', 'binding'] as const;
export type CodeOrigin = (typeof codeOrigins)[number];

/**
 * What is odd about an imported code, and true at WeChat all the same.
 *
 * `twin`: its digits or text are another code's too · `longScene`: beyond 64 bytes · `oddScene`: signs that WeChat advises
 * against · `zeroScene`: made without a scene · `notOurs`: outside of what this app may give out · `beyondCap`: more slots than
 * WeChat allows · `wasExternal`: known as used elsewhere before · `cameExpired`: brought in for its history · `oddTicket`:
 * of no known form · `urlDiffers`: the ticket tells another url.
 */
export const codeFlags = [
  'twin',
  'longScene',
  'oddScene',
  'zeroScene',
  'notOurs',
  'beyondCap',
  'wasExternal',
  'cameExpired',
  'oddTicket',
  'urlDiffers',
] as const;
export type CodeFlag = (typeof codeFlags)[number];

/** As other systems write it: exactly one of both. */
export type SceneDto = { id: number } | { str: string };

export type CodeErrorDto = {
  /** A `WeChatErrorKind`, or `unexpected`. */
  kind: string;
  errcode: number | null;
  errmsg: string | null;
  rid: string | null;
  at: string;
};

export type CodeDto = {
  id: string;
  accountId: string;
  kind: CodeKind;
  scene: SceneDto;
  status: CodeStatus;
  label: string;
  /** The campaign that it serves now. */
  campaign: { id: string; name: string } | null;
  channel: { id: string; number: string; name: string; city: string } | null;
  /** By name. */
  tags: { id: string; name: string }[];
  ticket: string | null;
  /** What the symbol holds. */
  url: string | null;
  /** ISO 8601 UTC; null for a permanent code and for one not yet issued. */
  expiresAt: string | null;
  expireSeconds: number | null;
  issuedAt: string | null;
  createdAt: string;
  createdBy: string;
  archivedAt: string | null;
  scans: number;
  /** The last failure of issuing; null once issued. */
  error: CodeErrorDto | null;
  /** When WeChat is asked next; null: issued, failed, or being asked right now. */
  nextAttemptAt: string | null;
  origin: CodeOrigin;
  flags: CodeFlag[];
  /** The temporary code that it follows. */
  renews: { id: string; label: string } | null;
  /** Its successor. */
  renewedBy: { id: string; label: string } | null;
  /** Not issued, and WeChat cannot have seen its permanent slot: it may be discarded and the slot returned. */
  canDiscard: boolean;
};

export type AssignmentDto = {
  campaign: { id: string; name: string } | null;
  fromAt: string;
  /** When the next assignment begins; null: open. */
  toAt: string | null;
  state: 'past' | 'current' | 'planned';
};

/** Who has held the permanent slot of a code, from when to when; `toAt` null: holds it now. */
export type SlotHistoryDto = {
  holders: {
    code: { id: string; label: string; isArchived: boolean };
    fromAt: string;
    toAt: string | null;
  }[];
  /** Archived: from when on another code may have it. Null: it is in use. */
  reusableAt: string | null;
};

export type CodePageDto = { items: CodeDto[]; nextCursor: string | null };

/** Counted up to a bound, so that counting costs little however many there are. */
export type CodeCountDto = { count: number; isExact: boolean };

export type CodeSummaryDto = {
  /** Waiting for WeChat, or being asked again. */
  reserved: number;
  failed: number;
  /** Temporary codes that work when scanned now. */
  temporaryLiving: number;
};

export type WeChatPicture = { contentType: string; bytes: Uint8Array };
