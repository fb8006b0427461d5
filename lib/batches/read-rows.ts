import 'server-only';
import { z } from 'zod';
import { invalidField } from '../errors';
import { toFieldIssues } from '../field-issues';
import { matchColumns } from './match-columns';
import type { WrittenRow } from './parse-row';
import { readTable, type TableFile } from './read-table';
import type { DryRunDto, RowField, RowIssue } from './types';

const text = z.string().max(2_000).nullish();
const digits = z.union([z.string().max(2_000), z.number()]).nullish();

/** A row as REST sends it. A scene is written as for a single code, or as in a file: digits are an integer. */
const jsonRowSchema = z.strictObject({
  label: text,
  scene: z
    .union([z.strictObject({ id: z.number() }), z.strictObject({ str: z.string() }), z.string(), z.number()])
    .nullish(),
  sceneId: digits,
  sceneStr: text,
  channel: text,
  channelName: text,
  city: text,
  region: text,
  key: digits,
  expireSeconds: digits,
});

/** Rows given as JSON; the first is line 1. */
export async function* readJsonRows(rows: readonly unknown[]): AsyncGenerator<WrittenRow> {
  for (const [place, row] of rows.entries()) yield readJsonRow(row, place + 1);
}

function readJsonRow(row: unknown, line: number): WrittenRow {
  const result = jsonRowSchema.safeParse(row, { reportInput: true });
  if (!result.success) return { line, values: {}, issues: toFieldIssues(result.error) };
  const { scene, ...rest } = result.data;
  const values: WrittenRow['values'] = {};
  for (const [field, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined) values[field as RowField] = String(value);
  }
  const issues: RowIssue[] = [];
  if (typeof scene === 'object' && scene !== null) {
    if ('id' in scene) values.sceneId = String(scene.id);
    else if (scene.str === '') issues.push({ field: 'scene', code: 'sceneStrEmpty', message: 'is empty' });
    else values.sceneStr = scene.str;
  } else if (typeof scene === 'number') values.sceneId = String(scene);
  else if (typeof scene === 'string') values.scene = scene;
  return { line, values, issues };
}

/**
 * Rows of a file, its columns matched by name.
 *
 * @param onHeader  told the columns before the first row
 * @throws AppError VALIDATION_FAILED  as `readTable`; or no column is known
 */
export async function* readTableRows(
  file: TableFile,
  onHeader: (columns: DryRunDto['columns']) => void,
): AsyncGenerator<WrittenRow> {
  let fields: (RowField | null)[] | null = null;
  for await (const { line, cells, issues } of readTable(file)) {
    if (fields === null) {
      fields = matchColumns(cells);
      onHeader(cells.map((name, place) => ({ name, field: fields?.[place] ?? null })));
      if (fields.every((field) => field === null)) {
        throw invalidField('columns', 'columnsUnknown', 'no column has a known name, such as label or 名称');
      }
      continue;
    }
    const values: WrittenRow['values'] = {};
    for (const [place, field] of fields.entries()) if (field !== null) values[field] = cells[place] ?? '';
    yield { line, values, issues };
  }
}
