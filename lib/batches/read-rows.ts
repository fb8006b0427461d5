import 'server-only';
import { z } from 'zod';
import { toFieldIssues } from '../field-issues';
import type { RowIssue, WrittenRow } from '../tables/types';
import type { RowField } from './types';

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
  tags: z.union([text, z.array(z.string().max(200)).max(100)]),
});

/** Rows given as JSON; the first is line 1. */
export async function* readJsonRows(rows: readonly unknown[]): AsyncGenerator<WrittenRow<RowField>> {
  for (const [place, row] of rows.entries()) yield readJsonRow(row, place + 1);
}

function readJsonRow(row: unknown, line: number): WrittenRow<RowField> {
  const result = jsonRowSchema.safeParse(row, { reportInput: true });
  if (!result.success) return { line, values: {}, issues: toFieldIssues(result.error) };
  const { scene, ...rest } = result.data;
  const values: WrittenRow<RowField>['values'] = {};
  for (const [field, value] of Object.entries(rest)) {
    if (value === null || value === undefined) continue;
    values[field as RowField] = Array.isArray(value) ? value.join(';') : String(value);
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
