export type AuditEntryDto = {
  id: string;
  at: string;
  accountId: string | null;
  actorKind: string;
  actorId: string | null;
  actorName: string;
  /** noun.verb, such as `code.archive` */
  action: string;
  targetKind: string;
  targetId: string | null;
  targetLabel: string;
  details: Record<string, unknown>;
};

export type AuditPageDto = {
  items: AuditEntryDto[];
  /** What to pass as `before` for the page of older entries; null at the end. */
  olderCursor: string | null;
  /** What to pass as `after` for the page of newer ones; null at the top. */
  newerCursor: string | null;
};
