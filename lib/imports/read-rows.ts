import 'server-only';
import { z } from 'zod';
import { toFieldIssues } from '../field-issues';
import type { WrittenRow } from '../tables/types';
import type { ImportField } from './types';

const text = z.union([z.string().max(2_000), z.number()]).nullish();

/** A row as REST sends it: the columns of a table, or the scene as for a single code. */
const jsonRowSchema = z.strictObject({
  scene: z
    .union([z.strictObject({ id: z.number() }), z.strictObject({ str: z.string() }), z.string(), z.number()])
    .nullish(),
  sceneId: text,
  sceneStr: text,
  sceneKind: text,
  kind: text,
  ticket: text,
  url: text,
  label: text,
  channel: text,
  channelName: text,
  city: text,
  region: text,
  expiresAt: text,
  campaign: text,
});

/** Rows given as JSON; the first is line 1. */
export async function* readJsonRows(rows: readonly unknown[]): AsyncGenerator<WrittenRow<ImportField>> {
  for (const [place, row] of rows.entries()) yield readJsonRow(row, place + 1);
}

function readJsonRow(row: unknown, line: number): WrittenRow<ImportField> {
  const result = jsonRowSchema.safeParse(row, { reportInput: true });
  if (!result.success) return { line, values: {}, issues: toFieldIssues(result.error) };
  const { scene, ...rest } = result.data;
  const values: WrittenRow<ImportField>['values'] = {};
  for (const [field, value] of Object.entries(rest)) {
    if (value !== null && value !== undefined) values[field as ImportField] = String(value);
  }
  if (typeof scene === 'object' && scene !== null) {
    if ('id' in scene) values.sceneId = String(scene.id);
    else values.sceneStr = scene.str;
  } else if (scene !== null && scene !== undefined) values.scene = String(scene);
  return { line, values, issues: [] };
}
