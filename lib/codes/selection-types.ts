import type { CodeFilter } from './schemas';

/** The most that one export holds. */
export const maxSelected = 100_000;

/** Codes as somebody chose them: by a filter, or one by one. */
export type CodeChoice = { ids: null; filter: CodeFilter } | { ids: readonly string[] };

/** Why a code is not printed: it has no symbol yet, its symbol does nothing any more, or will soon not. */
export const leftOutReasons = ['notIssued', 'expired', 'expiring'] as const;
export type LeftOutReason = (typeof leftOutReasons)[number];

export type LeftOutDto = Record<LeftOutReason, number> & {
  /** The first of them, by name. */
  named: { id: string; label: string; reason: LeftOutReason; expiresAt: string | null }[];
};

/** What an export of a choice would hold, before it is made. */
export type SelectionDto = {
  printable: number;
  /** Of the printable: those that die with their ticket. */
  temporary: number;
  leftOut: LeftOutDto;
};

/** The codes themselves as well, pinned. */
export type Selection = SelectionDto & {
  /** 16 bytes each, in the order of making. */
  ids: Uint8Array<ArrayBuffer>;
  /** Bytes of UTF-8 that the longest takes in a table, its quotation marks doubled; and the url that takes most in a symbol. */
  widths: { url: number; label: number; scene: number };
  longestUrl: string | null;
  /** Ids of the codes with the longest labels, a few. */
  longestLabels: string[];
};
