/** What is wrong with one row. */
export type RowIssue = {
  field: string;
  code: string;
  params?: Record<string, string | number>;
  message: string;
};

export type InvalidRowDto = { line: number; ok: false; errors: RowIssue[] };

/** A row as it was written: texts by field, none of them believed yet. */
export type WrittenRow<Field extends string> = {
  line: number;
  values: Partial<Record<Field, string>>;
  issues: RowIssue[];
};

/** A column of a table, and what it was taken for; null: not used. */
export type MatchedColumn<Field extends string> = { name: string; field: Field | null };
