import { expect, it } from 'vitest';
import { setCaption } from './set-caption';

/** @param signs  as many Chinese signs as a line holds */
const linesOf = (text: string, signs: number, maxLines = 4) =>
  setCaption(text, { width: signs, textSize: 1, maxLines }).lines.map((line) => line.text);

it.each([
  ['湖滨银泰店 · 收银台', 8, ['湖滨银泰店 ·', '收银台']],
  ['上海徐家汇旗舰店收银台', 8, ['上海徐家汇旗', '舰店收银台']],
  ['有效期至 2026-12-31', 8, ['有效期至', '2026-12-31']],
  ['门店编号 SH-001', 6, ['门店编号', 'SH-001']],
  ['徐家汇店', 8, ['徐家汇店']],
])('sets %j in lines of about %i signs that are alike', (text, signs, lines) => {
  expect(linesOf(text, signs)).toEqual(lines);
});

it('breaks a word that is wider than a line anywhere, and no other', () => {
  expect(linesOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ', 6).length).toBeGreaterThan(1);
  expect(linesOf('到店出示 MEMBERCARD', 8)).toEqual(['到店出示', 'MEMBERCARD']);
});

it('cuts what is more than its lines with an ellipsis, from full ones', () => {
  const [first = '', second = '', third] = linesOf('上海徐家汇旗舰店'.repeat(4), 10, 2);
  expect(third).toBeUndefined();
  expect(first).toHaveLength(10);
  expect(second).toHaveLength(10);
  expect(second.endsWith('…')).toBe(true);
});
