import { expect, it } from 'vitest';
import { manifestRow } from './manifest';
import { mergeRow } from './merge';
import { type ExportRecord, proveRecord } from './prove-record';
import type { ExportFacts } from './types';

const facts = (change: Partial<ExportFacts> = {}): ExportFacts => ({
  codeId: '1',
  label: '=1+1, "店"',
  campaign: '双十二',
  channel: '人民广场店',
  scene: '1001',
  url: 'http://weixin.qq.com/q/1',
  expires: '',
  ...change,
});
const sha256 = 'ab'.repeat(32);
const record = (change: Partial<ExportRecord> = {}): ExportRecord => ({
  fileName: 'a.png',
  facts: facts(),
  decoded: facts().url,
  sha256,
  caption: '人民广场店 1001',
  captionLines: ['人民广场店', '1001'],
  row: manifestRow({ fileName: 'a.png', facts: facts(), sha256 }, 500),
  merge: null,
  ...change,
});
const rowOf = (change: Partial<ExportFacts>) =>
  manifestRow({ fileName: 'a.png', facts: facts(change), sha256 }, 500);

it('agrees with a record that is one', () => {
  expect(() => proveRecord(record())).not.toThrow();
  expect(() => proveRecord(record({ captionLines: ['人民广场…'] }))).not.toThrow();
  const merge = mergeRow({ fileName: 'a.png', facts: facts() }, 600);
  expect(() => proveRecord(record({ merge }))).not.toThrow();
});

it.each<[string, Partial<ExportRecord>]>([
  ['the file of another code', { decoded: 'http://weixin.qq.com/q/2' }],
  ['the row of another url', { row: rowOf({ url: 'http://weixin.qq.com/q/2' }) }],
  ['the row of another scene', { row: rowOf({ scene: '1002' }) }],
  ['the row of another label', { row: rowOf({ label: 'b' }) }],
  ['the caption of another', { captionLines: ['人民广场店', '1002'] }],
  ['no caption', { captionLines: [] }],
  [
    'the merge of another code',
    { merge: mergeRow({ fileName: 'a.png', facts: facts({ label: 'b' }) }, 600) },
  ],
  ['the merge of another file', { merge: mergeRow({ fileName: 'b.png', facts: facts() }, 600) }],
  ['another file name', { fileName: 'b.png' }],
  ['other bytes', { sha256: 'cd'.repeat(32) }],
])('fails for %s', (_, change) => {
  expect(() => proveRecord(record(change))).toThrow();
});

it('gives every row its place, and no more', () => {
  const row = manifestRow({ fileName: 'a.png', facts: facts(), sha256 }, 400);
  expect(row.length).toBe(400);
  expect(new TextDecoder().decode(row)).toMatch(/^a\.png,"'=1\+1, ""店""",.* +\r\n$/);
  expect(() => manifestRow({ fileName: 'a.png', facts: facts(), sha256 }, 100)).toThrow(RangeError);
});
