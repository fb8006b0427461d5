import type { RowField } from './types';

/** Names that people give to columns, in Chinese and English; compared without spaces, signs and letter case. */
const names: Record<RowField, string[]> = {
  label: ['label', 'name', 'title', '名称', '标签', '备注名', '码名称', '渠道码名称', '二维码名称'],
  scene: ['scene', 'scenevalue', '场景值', '场景'],
  sceneId: ['sceneid', '场景id', '场景值id', '整数场景值', '数字场景值'],
  sceneStr: ['scenestr', 'scenestring', '场景字符串', '文本场景值', '字符串场景值'],
  channel: [
    'channel',
    'channelnumber',
    'channelno',
    'number',
    '渠道',
    '渠道编号',
    '编号',
    '门店编号',
    '店号',
  ],
  channelName: ['channelname', '渠道名称', '渠道名', '门店名称', '门店'],
  city: ['city', '城市'],
  region: ['region', '区域', '大区', '地区'],
  key: ['key', 'rowkey', 'externalid', '行键', '主键', '唯一键', '唯一标识', '键'],
  expireSeconds: ['expireseconds', 'expire', '有效期', '有效期秒', '有效秒数'],
};

const fieldByName = new Map(
  Object.entries(names).flatMap(([field, known]) => known.map((name) => [name, field as RowField] as const)),
);

const bare = (name: string) =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.()[\]（）:：*"']/g, '');

/**
 * What each column of a table holds, by its name. Of two columns of one name the first counts.
 *
 * @returns null where a name is not known: such a column is not used
 */
export function matchColumns(header: readonly string[]): (RowField | null)[] {
  const taken = new Set<RowField>();
  return header.map((name) => {
    const field = fieldByName.get(bare(name)) ?? null;
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}
