import 'server-only';
import type { z } from 'zod';
import { channelNumberSchema, createChannelSchema } from '../channels/schemas';
import { createCodeSchema, labelSchema } from '../codes/schemas';
import type { CodeKind, SceneDto } from '../codes/types';
import { toFieldIssues } from '../field-issues';
import { oneLine } from '../one-line';
import { rowDigest } from '../tables/row-digest';
import type { RowIssue, WrittenRow } from '../tables/types';
import { tagNamesSchema } from '../tags/schemas';
import { parseScene } from '../wechat';
import { expandTemplate } from './label-template';
import { maxKeyCharacters } from './limits';
import { splitTags } from './split-tags';
import type { RowField } from './types';

/** What a row asks for. */
export type ParsedRow = {
  line: number;
  label: string;
  scene: SceneDto | null;
  channel: { number: string; name: string; city: string; region: string } | null;
  expireSeconds: number | null;
  key: string | null;
  /** By name, those of the whole batch among them. */
  tags: string[];
  /** Campaign and key, or campaign and whole content, in 128 bits as a UUID; null for what never came from a row. */
  digest: string | null;
};

export type RowRules = {
  kind: CodeKind;
  campaign: { id: string; name: string };
  /** Where codes hang whose row names no channel. */
  channel: { number: string; name: string } | null;
  /** For rows without a label; null: a label is required. */
  labelTemplate: string | null;
  expireSeconds: number | null;
  now: Date;
  /** Of every code of the batch, by name. */
  tags: string[];
  /** From when on codes that channels have serve the campaign; null: they are left alone. */
  reuseFrom: Date | null;
};

const keySchema = oneLine(maxKeyCharacters);

/** Nothing that a schema would change or refuse: trimmed, no sign beyond these, not too long. */
const plainLabel =
  /^[\w\u4e00-\u9fff](?:[\w \-.()#·，、（）\u4e00-\u9fff]{0,198}[\w\-.()#（）\u4e00-\u9fff])?$/;

/**
 * Reads one row; pure.
 *
 * @param n  which row of the batch it is, from 1, for the template
 * Tags are no part of what makes a row the same row.
 *
 * @returns the row, or all that is wrong with it
 */
export function parseRow(
  { line, values, issues }: WrittenRow<RowField>,
  n: number,
  rules: RowRules,
): { row: ParsedRow } | { issues: RowIssue[] } {
  if (issues.length > 0) return { issues };
  const found: RowIssue[] = [];
  const text = (field: RowField) => values[field]?.trim() ?? '';

  const channel = parseChannel(text('channel'), values, found);
  const label = parseLabel(text('label'), n, rules, channel ?? rules.channel, found);
  const scene = parseScenes(text('scene'), text('sceneId'), text('sceneStr'), found);
  const expireSeconds = parseExpiry(text('expireSeconds'), rules, found);
  const key = take(keySchema, text('key'), 'key', found) || null;
  const tags = parseTags(text('tags'), rules, found);
  if (scene !== null || (expireSeconds !== null && expireSeconds !== rules.expireSeconds)) {
    judge(rules.kind, scene, expireSeconds, found);
  }
  if (found.length > 0) return { issues: found };
  const content = key ?? JSON.stringify([rules.kind, label, scene, channel?.number ?? null, expireSeconds]);
  const digest = rowDigest(rules.campaign.id, key === null ? 'content' : 'key', content);
  return { row: { line, label, scene, channel, expireSeconds, key, tags, digest } };
}

/** One code of a batch by count: the template says all. */
export function countedRow(n: number, rules: RowRules): { row: ParsedRow } | { issues: RowIssue[] } {
  const found: RowIssue[] = [];
  const label = parseLabel('', n, rules, rules.channel, found);
  if (found.length > 0) return { issues: found };
  const { expireSeconds, tags } = rules;
  return {
    row: { line: n, label, scene: null, channel: null, expireSeconds, key: null, tags, digest: null },
  };
}

/** One code for a channel: made once for each campaign, whatever the template says by then. */
export function channelRow(
  n: number,
  channel: NonNullable<ParsedRow['channel']>,
  rules: RowRules,
): { row: ParsedRow } | { issues: RowIssue[] } {
  const found: RowIssue[] = [];
  const label = parseLabel('', n, rules, channel, found);
  if (found.length > 0) return { issues: found };
  const digest = rowDigest(rules.campaign.id, 'channel', rules.kind, channel.number);
  const { expireSeconds, tags } = rules;
  return { row: { line: n, label, scene: null, channel, expireSeconds, key: null, tags, digest } };
}

function parseLabel(
  given: string,
  n: number,
  { labelTemplate, campaign }: RowRules,
  channel: { number: string; name: string } | null,
  found: RowIssue[],
): string {
  const label =
    given !== '' || labelTemplate === null
      ? given
      : expandTemplate(labelTemplate, {
          n,
          campaign: campaign.name,
          channel: channel?.name ?? '',
          number: channel?.number ?? '',
        });
  return plainLabel.test(label) ? label : (take(labelSchema, label, 'label', found) ?? '');
}

function parseScenes(scene: string, id: string, str: string, found: RowIssue[]): SceneDto | null {
  if ([scene, id, str].filter((value) => value !== '').length > 1) {
    found.push({
      field: 'scene',
      code: 'sceneOneOf',
      message: 'wanted: one scene, either an integer or a text',
    });
    return null;
  }
  if (scene !== '') return parseScene(scene);
  if (str !== '') return { str };
  // What is no whole number is left for the rules to refuse.
  return id === '' ? null : { id: /^\d{1,12}$/.test(id) ? Number(id) : Number.NaN };
}

function parseTags(text: string, { tags }: RowRules, found: RowIssue[]): string[] {
  if (text === '') return tags;
  return take(tagNamesSchema, [...tags, ...splitTags(text)], 'tags', found) ?? [];
}

function parseExpiry(text: string, { kind, expireSeconds }: RowRules, found: RowIssue[]): number | null {
  if (text === '') return expireSeconds;
  if (kind === 'permanent') {
    found.push({
      field: 'expireSeconds',
      code: 'expiryOfPermanent',
      message: 'a permanent code never expires',
    });
    return null;
  }
  return /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
}

/** By the schema of a single code: what one may not be, a row may not be either. */
function judge(
  kind: CodeKind,
  scene: SceneDto | null,
  expireSeconds: number | null,
  found: RowIssue[],
): void {
  const max = kind === 'permanent' ? 100_000 : 4_294_967_295;
  if (scene !== null && 'id' in scene && Number.isNaN(scene.id)) {
    const params = { min: 1, max };
    found.push({
      field: 'scene',
      code: 'sceneIdRange',
      params,
      message: `wanted: a whole number from 1 to ${max}`,
    });
    return;
  }
  const result = createCodeSchema.safeParse({
    ...{ campaignId: 'x', label: 'x', kind },
    ...(scene === null ? {} : { scene }),
    ...(expireSeconds === null ? {} : { expireSeconds }),
  });
  if (result.success) return;
  for (const issue of toFieldIssues(result.error)) {
    found.push({ ...issue, field: issue.field.startsWith('scene') ? 'scene' : issue.field });
  }
}

function parseChannel(
  number: string,
  values: WrittenRow<RowField>['values'],
  found: RowIssue[],
): ParsedRow['channel'] {
  if (number === '') return null;
  const text = (field: RowField) => values[field]?.trim() ?? '';
  const input = { number, name: text('channelName') || number, city: text('city'), region: text('region') };
  if (/^[\w\u4e00-\u9fff-]{1,60}$/.test(number) && input.name === number && !input.city && !input.region) {
    return input;
  }
  const named = take(channelNumberSchema, { number }, 'channel', found);
  const rest = take(createChannelSchema, input, 'channelName', named ? found : []);
  return rest ? { number: rest.number, name: rest.name, city: rest.city, region: rest.region } : null;
}

function take<S extends z.ZodType>(
  schema: S,
  input: unknown,
  field: string,
  found: RowIssue[],
): z.output<S> | undefined {
  const result = schema.safeParse(input, { reportInput: true });
  if (result.success) return result.data;
  found.push(...toFieldIssues(result.error).map((issue) => ({ ...issue, field })));
  return undefined;
}
