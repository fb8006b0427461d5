import { describe, expect, it } from 'vitest';
import { mergeColumns, mergeHead, mergeRow, mergeRowBytes, toMergeCell } from './merge';

const facts = {
  ...{ codeId: '1', label: '徐家汇 "旗舰" 店', campaign: '双十二', channel: '-1F\t电梯口', scene: '7' },
  ...{ url: 'http://weixin.qq.com/q/1', expires: '2026-12-23 14:02', number: 'A-01', city: '上海 🎉' },
};
const bytes = (text: string) => Buffer.byteLength(text.replaceAll('"', '""'));
const widths = {
  label: bytes(facts.label),
  campaign: bytes(facts.campaign),
  channel: bytes(facts.channel),
  number: bytes(facts.number),
  city: bytes(facts.city),
};
const read = (part: Uint8Array) => new TextDecoder('utf-16le', { fatal: true, ignoreBOM: true }).decode(part);

describe('the table for a data merge', () => {
  it('begins with the mark of UTF-16, and names the column of pictures by @', () => {
    expect([...mergeHead.subarray(0, 2)]).toEqual([0xff, 0xfe]);
    expect(read(mergeHead)).toBe(`\ufeff${mergeColumns.join('\t')}\r\n`);
    expect(mergeColumns[0]).toMatch(/^@/);
  });

  it('has a row of the length that was foreseen, blank at its end alone', () => {
    const rowBytes = mergeRowBytes(widths);
    const row = mergeRow({ fileName: '码.pdf', facts }, rowBytes);
    expect(row.length).toBe(rowBytes);
    const cells = read(row).split('\t');
    expect(cells).toHaveLength(mergeColumns.length);
    expect(cells.slice(0, -1)).toEqual([
      '码.pdf',
      '徐家汇 “旗舰” 店',
      '双十二',
      '−1F 电梯口',
      'A-01',
      '上海 🎉',
      '2026-12-23 14:02',
    ]);
    expect(cells.at(-1)).toMatch(/^decoded by ZXing: equals url +\r\n$/);
    expect(() => mergeRow({ fileName: '码.pdf', facts }, 80)).toThrow(RangeError);
  });

  it('has room for a row of the longest of each', () => {
    const long = (signs: number, sign: string) => sign.repeat(signs);
    const worst = {
      ...facts,
      label: `=${long(99, '"')}`,
      campaign: `@${long(60, 'a')}`,
      city: long(30, '🎉'),
    };
    const room = mergeRowBytes({
      ...widths,
      ...{ label: bytes(worst.label), campaign: bytes(worst.campaign), city: bytes(worst.city) },
    });
    expect(mergeRow({ fileName: `${long(116, 'x')}.png`, facts: worst }, room)).toHaveLength(room);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+86 21', "'+86 21"],
    ['＝1', "'＝1"],
    ['@店', "'@店"],
    [' \t=1', "'=1"],
    ['-1F', '−1F'],
    ['a\r\nb', 'a b'],
    ['5" 屏', '5” 屏'],
  ])('prints %j as %j', (text, cell) => {
    expect(toMergeCell(text)).toBe(cell);
  });
});
