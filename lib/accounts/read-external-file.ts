import 'server-only';
import { invalidField } from '../errors';
import { toFieldIssues } from '../field-issues';
import { type ColumnNames, matchColumns } from '../tables/match-columns';
import { readTable, type TableFile } from '../tables/read-table';
import type { InvalidRowDto, RowIssue } from '../tables/types';
import { joinRanges } from './record-external-use';
import { foreignSceneStrSchema, maxSceneId } from './schemas';
import type { SceneRange } from './types';

type Field = 'scene' | 'sceneId' | 'sceneStr' | 'from' | 'to';

const columnNames: ColumnNames<Field> = {
  scene: ['scene', 'scenevalue', '场景值', '场景', '场景值参数'],
  sceneId: ['sceneid', '场景id', '场景值id', '整数场景值', '数字场景值'],
  sceneStr: ['scenestr', 'scenestring', '场景字符串', '文本场景值', '字符串场景值'],
  from: ['from', 'fromid', 'start', '起', '起始', '开始', '从'],
  to: ['to', 'toid', 'end', '止', '结束', '截止', '至', '到'],
};

/** Faulty lines that are told; all are counted. */
const toldLines = 1_000;

export type ExternalFile = {
  /** In order, not touching. */
  ranges: SceneRange[];
  /** Each once. */
  strs: string[];
  /** Lines that hold something. */
  lines: number;
  invalid: number;
  faults: InvalidRowDto[];
};

/**
 * Reads which scenes other systems have used out of a table with columns by name (scene, scene_id, scene_str, from, to), or
 * out of a bare list, one a line, in which digits are an integer and `from-to` is a range.
 *
 * Nothing of the file is held but what it says.
 *
 * @throws AppError VALIDATION_FAILED | PAYLOAD_TOO_LARGE | UNSUPPORTED_MEDIA_TYPE  as `readTable`; a line is never thrown
 */
export async function readExternalFile(file: TableFile): Promise<ExternalFile> {
  let fields: (Field | null)[] | null = null;
  let isBare = false;
  const ranges: SceneRange[] = [];
  const strs = new Set<string>();
  const read: ExternalFile = { ranges: [], strs: [], lines: 0, invalid: 0, faults: [] };
  const take = (line: number, { range, str, issues }: ReadLine) => {
    read.lines += 1;
    if (range) addRange(ranges, range);
    if (str !== undefined) strs.add(str);
    if (issues.length === 0) return;
    read.invalid += 1;
    if (read.faults.length < toldLines) read.faults.push({ line, ok: false, errors: issues });
  };
  for await (const { line, cells, issues } of readTable(file)) {
    if (fields === null) {
      const names = withoutMark(cells);
      fields = matchColumns(columnNames, names);
      if (fields.some((field) => field !== null)) continue;
      if (cells.length > 1) {
        throw invalidField(
          'columns',
          'externalColumns',
          'no column is called scene, scene_id, scene_str or from',
        );
      }
      // A bare list: its first line is a scene like the others.
      fields = ['scene'];
      isBare = true;
      take(line, readLine({ scene: names[0] ?? '' }, issues, isBare));
      continue;
    }
    const values: Partial<Record<Field, string>> = {};
    for (const [place, field] of fields.entries()) if (field !== null) values[field] = cells[place] ?? '';
    take(line, readLine(values, issues, isBare));
  }
  return { ...read, ranges: joinRanges(ranges), strs: [...strs] };
}

type ReadLine = { range?: SceneRange; str?: string; issues: RowIssue[] };

/** @param isBare  a list without columns, where a range can only be written as such; in a table `1-5` is a text */
function readLine(values: Partial<Record<Field, string>>, issues: RowIssue[], isBare: boolean): ReadLine {
  if (issues.length > 0) return { issues };
  const trimmed = (field: Field) => values[field]?.trim() ?? '';
  const from = trimmed('from');
  const to = trimmed('to');
  if (from !== '' || to !== '') return readRange(from || to, to || from, from === '' ? 'to' : 'from');
  if (trimmed('sceneId') !== '') return readRange(trimmed('sceneId'), trimmed('sceneId'), 'sceneId');
  if (trimmed('sceneStr') !== '') return readStr(trimmed('sceneStr'), 'sceneStr');
  const scene = trimmed('scene');
  if (scene === '') return { issues: [{ field: 'scene', code: 'required', message: 'says no scene' }] };
  const range = isBare ? /^(\d+)\s*(?:-|–|—|~|～|\.\.|至)\s*(\d+)$/.exec(scene) : null;
  if (range) return readRange(range[1] ?? '', range[2] ?? '', 'scene');
  return /^\d+$/.test(scene) ? readRange(scene, scene, 'scene') : readStr(scene, 'scene');
}

function readRange(from: string, to: string, field: Field): ReadLine {
  const ends = [from, to].map((text) => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN));
  const [a = Number.NaN, b = Number.NaN] = ends;
  if (!ends.every((id) => id >= 1 && id <= maxSceneId)) {
    const params = { min: 1, max: maxSceneId };
    return { issues: [{ field, code: 'sceneIdRange', params, message: `wanted: 1 to ${maxSceneId}` }] };
  }
  if (a > b) return { issues: [{ field, code: 'rangeOrder', message: 'ends before it begins' }] };
  return { range: [a, b], issues: [] };
}

function readStr(text: string, field: Field): ReadLine {
  const result = foreignSceneStrSchema.safeParse(text, { reportInput: true });
  if (result.success) return { str: text, issues: [] };
  return { issues: toFieldIssues(result.error).map((issue) => ({ ...issue, field })) };
}

/** Ids mostly come in order: those that go on where the last range ends cost nothing. */
function addRange(ranges: SceneRange[], [from, to]: SceneRange): void {
  const last = ranges.at(-1);
  if (last && from >= last[0] && from <= last[1] + 1) last[1] = Math.max(last[1], to);
  else ranges.push([from, to]);
}

/** A byte order mark that the decoder has left. */
function withoutMark([first = '', ...rest]: string[]): string[] {
  return [first.replace(/^\ufeff/, ''), ...rest];
}
