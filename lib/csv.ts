/**
 * Writes one row of a CSV (RFC 4180) for spreadsheets.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it: `=`, `+`, `-`, `@`, tab or return at its
 * beginning, or their full-width forms, which Excel takes for the same. (OWASP, "CSV Injection".)
 */
export function toCsvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(toCell).join(',')}\r\n`;
}

/** So that Excel takes the file for UTF-8. */
export const csvByteOrderMark = '\ufeff';

function toCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/.test(value) ? `'${value}` : value;
  return /[",\r\n;\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
