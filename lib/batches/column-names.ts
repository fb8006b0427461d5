import type { ColumnNames } from '../tables/match-columns';
import type { RowField } from './types';

/** What people call the columns of a batch. */
export const batchColumnNames: ColumnNames<RowField> = {
  label: ['label', 'name', 'title', '名称', '备注名', '码名称', '渠道码名称', '二维码名称'],
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
  tags: ['tags', 'tag', '标签', '码标签', '渠道码标签'],
  expireSeconds: ['expireseconds', 'expire', '有效期', '有效期秒', '有效秒数'],
};
