import 'server-only';
import { findByNumbers, type KnownChannel } from '../channels/make-missing-channels';
import { findHeldByTemporary, findMadeRows, findReusable } from '../codes/find-clashes';
import type { CodeDraft } from '../codes/make-codes';
import type { Db } from '../db/open-database';
import { openSceneJudge, type SceneJudge } from '../ledger/reserve-many';
import { inChunks } from '../tables/in-chunks';
import type { InvalidRowDto, RowIssue } from '../tables/types';
import { findKnownTags } from '../tags/make-missing-tags';
import { mostTags } from '../tags/types';
import type { ParsedRow, RowRules } from './parse-row';
import type { DryRunDto } from './types';

const chunkRows = 2_000;
const toldInvalidRows = 1_000;
const sampleRows = 10;

/** A row that was read, or what is wrong with it. */
export type ReadRow = { line: number } & ({ row: ParsedRow } | { issues: RowIssue[] });

export type CheckedRows = Pick<DryRunDto, 'valid' | 'invalid' | 'known' | 'rows' | 'sample'> & {
  /** Channels that rows name and that do not exist, by number. */
  newChannels: Map<string, NonNullable<ParsedRow['channel']>>;
  /** Tags that rows name and that do not exist. */
  newTags: Set<string>;
  /** Rows that could get a permanent code which their channel has already. */
  reusable: number;
};

/**
 * Judges rows against each other and against what there is already: scenes that somebody holds, rows that were made before,
 * channels. Reads only, in short queries, a chunk of rows at a time.
 *
 * @param accept  is handed the rows that would be made, in order, and keeps them if it wants to
 */
export async function checkRows(
  db: Db,
  accountId: string,
  rules: RowRules,
  rows: AsyncIterable<ReadRow>,
  accept: (drafts: CodeDraft[]) => Promise<void>,
): Promise<CheckedRows> {
  const result: CheckedRows = {
    valid: 0,
    invalid: 0,
    known: 0,
    rows: [],
    sample: [],
    newChannels: new Map(),
    newTags: new Set(),
    reusable: 0,
  };
  const judge = await openSceneJudge(db, accountId);
  const tags = await findKnownTags(db, accountId);
  const seen: Seen = { scenes: new Map(), digests: new Map(), reused: new Map() };
  for await (const chunk of inChunks(rows, chunkRows)) {
    await checkChunk({ db, accountId, rules, judge, tags, seen, result, accept }, chunk);
  }
  return result;
}

/** By scene and by digest: the line; by channel: how many of its codes earlier rows would take over. */
type Seen = { scenes: Map<string, number>; digests: Map<string, number>; reused: Map<string, number> };

type Check = {
  db: Db;
  accountId: string;
  rules: RowRules;
  judge: SceneJudge;
  /** The account's own, by name: a hundred at most. */
  tags: ReadonlySet<string>;
  seen: Seen;
  result: CheckedRows;
  accept: (drafts: CodeDraft[]) => Promise<void>;
};

async function checkChunk(check: Check, chunk: ReadRow[]): Promise<void> {
  const { result } = check;
  const parsed = chunk.flatMap((read) => ('row' in read ? [read.row] : []));
  const clashes = await findClashes(check, parsed);
  const drafts: CodeDraft[] = [];
  for (const read of chunk) {
    const issues = 'row' in read ? judgeRow(check, read.row, clashes) : read.issues;
    if (issues.length > 0) {
      result.invalid += 1;
      if (result.rows.length < toldInvalidRows) result.rows.push(toInvalidRow(read.line, issues));
      continue;
    }
    if (!('row' in read)) continue;
    const { row } = read;
    if (row.digest !== null && clashes.made.has(row.digest)) {
      result.known += 1;
      continue;
    }
    result.valid += 1;
    for (const name of row.tags) if (!check.tags.has(name)) result.newTags.add(name);
    if (result.sample.length < sampleRows) result.sample.push(toSample(row));
    if (
      row.channel &&
      !clashes.channels.has(row.channel.number) &&
      !result.newChannels.has(row.channel.number)
    ) {
      result.newChannels.set(row.channel.number, row.channel);
    }
    noteReuse(check, row, clashes);
    drafts.push(toDraft(row));
  }
  if (drafts.length > 0) await check.accept(drafts);
}

function noteReuse({ seen, result }: Check, row: ParsedRow, { channels, reusable }: Clashes): void {
  const channel = row.channel && channels.get(row.channel.number);
  if (!channel || row.scene !== null) return;
  const before = seen.reused.get(channel.id) ?? 0;
  if (before >= (reusable.get(channel.id) ?? 0)) return;
  seen.reused.set(channel.id, before + 1);
  result.reusable += 1;
}

type Clashes = {
  /** Codes to take over, by channel. */
  reusable: Map<string, number>;
  made: Set<string>;
  channels: Map<string, KnownChannel>;
  taken: Map<string, 'integer' | 'string'>;
  living: Set<string>;
};

async function findClashes({ db, accountId, judge, rules }: Check, rows: ParsedRow[]): Promise<Clashes> {
  const scenes = rows.flatMap(({ scene }) => (scene === null ? [] : [sceneText(scene)]));
  const numbers = [...new Set(rows.flatMap(({ channel }) => channel?.number ?? []))];
  const channels = await findByNumbers(db, accountId, numbers);
  const channelIds = rules.kind === 'permanent' ? [...channels.values()].map(({ id }) => id) : [];
  const reuse = { campaignId: rules.campaign.id, fromAt: rules.reuseFrom ?? rules.now };
  return {
    reusable: await findReusable(db, accountId, reuse, channelIds),
    made: await findMadeRows(
      db,
      rows.flatMap(({ digest }) => digest ?? []),
    ),
    channels,
    taken: await judge.findTaken(scenes),
    living: await findHeldByTemporary(db, accountId, scenes),
  };
}

function judgeRow({ rules, judge, tags, seen, result }: Check, row: ParsedRow, clashes: Clashes): RowIssue[] {
  const issues: RowIssue[] = [];
  if (row.digest !== null) {
    const line = seen.digests.get(row.digest);
    if (line !== undefined) {
      const field = row.key === null ? '' : 'key';
      issues.push({ field, code: 'rowRepeated', params: { line }, message: `the same row as line ${line}` });
    } else seen.digests.set(row.digest, row.line);
    if (clashes.made.has(row.digest)) return issues;
  }
  if (row.scene !== null && issues.length === 0) {
    const issue = judgeScene(row.scene, row.line);
    if (issue) issues.push(issue);
  }
  if (row.channel && clashes.channels.get(row.channel.number)?.archivedAt) {
    issues.push({ field: 'channel', code: 'channelArchived', message: 'the channel is archived' });
  }
  const fresh = row.tags.filter((name) => !tags.has(name) && !result.newTags.has(name));
  if (fresh.length > 0 && tags.size + result.newTags.size + fresh.length > mostTags) {
    const message = `an account has at most ${mostTags} tags`;
    issues.push({ field: 'tags', code: 'tagsFull', params: { max: mostTags }, message });
  }
  return issues;

  function judgeScene(scene: NonNullable<ParsedRow['scene']>, line: number): RowIssue | null {
    const text = sceneText(scene);
    const earlier = seen.scenes.get(text);
    const refuse = (code: string, message: string, params: RowIssue['params'] = {}) => ({
      ...{ field: 'scene', code, message },
      params: { scene: text, ...params },
    });
    if (earlier !== undefined)
      return refuse('sceneRepeated', `stands in line ${earlier} too`, { line: earlier });
    seen.scenes.set(text, line);
    const holder = clashes.taken.get(text);
    if (holder !== undefined && holder !== ('id' in scene ? 'integer' : 'string')) {
      return refuse('sceneTwin', 'the same digits are held by the other kind');
    }
    if (holder !== undefined || clashes.living.has(text)) return refuse('sceneIdTaken', 'is held already');
    if (rules.kind === 'permanent' && !judge.isOurs(scene))
      return refuse('sceneNotOurs', 'is left to other systems');
    return null;
  }
}

const sceneText = (scene: { id: number } | { str: string }) => ('id' in scene ? String(scene.id) : scene.str);

function toDraft({ line, label, scene, channel, expireSeconds, key, tags, digest }: ParsedRow): CodeDraft {
  return {
    line,
    label,
    sceneKind: scene === null ? null : 'id' in scene ? 'integer' : 'string',
    scene: scene === null ? null : sceneText(scene),
    channelNumber: channel?.number ?? null,
    expireSeconds,
    rowKey: key,
    rowDigest: digest,
    tags,
  };
}

function toSample({ line, label, scene, channel, key, tags }: ParsedRow): DryRunDto['sample'][number] {
  return { line, label, scene, channel: channel?.number ?? null, key, tags };
}

function toInvalidRow(line: number, errors: RowIssue[]): InvalidRowDto {
  return { line, ok: false, errors };
}
