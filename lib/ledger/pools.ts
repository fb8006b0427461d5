/** What the ledger's row says; the counters of strings are a part of those beside them. */
export type LedgerCounts = {
  cap: number;
  sharesPool: boolean;
  issued: number;
  reserved: number;
  external: number;
  unlisted: number;
  issuedStrings: number;
  reservedStrings: number;
  externalStrings: number;
  unlistedStrings: number;
};

/** How many slots of each kind are wanted. */
export type SlotsByKind = { integer: number; string: number };

export type PoolCounts = {
  issued: number;
  reserved: number;
  external: number;
  unlisted: number;
  /** What can still be had of this kind; of a shared pool the same for both. */
  remaining: number;
};

/** The slots by kind, and what is left of each. */
export function poolsOf(ledger: LedgerCounts): { integer: PoolCounts; string: PoolCounts } {
  const string = {
    issued: ledger.issuedStrings,
    reserved: ledger.reservedStrings,
    external: ledger.externalStrings,
    unlisted: ledger.unlistedStrings,
  };
  const integer = {
    issued: ledger.issued - string.issued,
    reserved: ledger.reserved - string.reserved,
    external: ledger.external - string.external,
    unlisted: ledger.unlisted - string.unlisted,
  };
  const left = (spent: number) => Math.max(0, ledger.cap - spent);
  const both = left(spentOf(integer) + spentOf(string));
  return {
    integer: { ...integer, remaining: ledger.sharesPool ? both : left(spentOf(integer)) },
    string: { ...string, remaining: ledger.sharesPool ? both : left(spentOf(string)) },
  };
}

/** Slots left in all: of the one pool, or of both together. */
export function remainingOf(ledger: LedgerCounts): number {
  const { integer, string } = poolsOf(ledger);
  return ledger.sharesPool ? integer.remaining : integer.remaining + string.remaining;
}

function spentOf({ issued, reserved, external, unlisted }: Omit<PoolCounts, 'remaining'>): number {
  return issued + reserved + external + unlisted;
}
