import { invalidField } from './errors';

/** Where a page of a list ended: the values of its sort keys in the last row, opaque to who carries it. */
export function encodeCursor(values: readonly string[]): string {
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * @param count  how many values the list's cursor holds
 * @throws AppError VALIDATION_FAILED  (field `cursor`) it was not made by `encodeCursor` for this list
 */
export function decodeCursor(cursor: string, count: number): string[] {
  const values = parse(cursor);
  // NUL is a sign that no PostgreSQL text holds.
  const isText = (value: unknown) => typeof value === 'string' && !value.includes('\0');
  if (!Array.isArray(values) || values.length !== count || !values.every(isText)) {
    throw invalidField('cursor', 'invalid', 'this cursor was not given out by this list');
  }
  return values;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
