import type { ColumnNames } from '../tables/match-columns';
import type { ImportField } from './types';

/** What people, and other systems, call the columns of a list of codes. */
export const importColumnNames: ColumnNames<ImportField> = {
  scene: ['scene', 'scenevalue', '场景值', '场景', '参数', '参数值'],
  sceneId: ['sceneid', '场景id', '场景值id', '整数场景值', '数字场景值'],
  sceneStr: ['scenestr', 'scenestring', '场景字符串', '文本场景值', '字符串场景值'],
  sceneKind: ['scenekind', 'scenetype', '场景值类型', '场景类型'],
  kind: ['kind', 'type', 'codetype', 'qrcodetype', 'actionname', '类型', '码类型', '二维码类型'],
  ticket: ['ticket', 'qrcodeticket', 'qrticket', '凭证', '二维码ticket'],
  url: ['url', 'qrcodeurl', 'qrurl', 'link', '链接', '网址', '二维码内容', '二维码链接', '解析地址'],
  label: ['label', 'name', 'title', '名称', '标签', '备注名', '码名称', '渠道码名称', '二维码名称'],
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
  expiresAt: [
    'expiresat',
    'expireat',
    'expiry',
    'expires',
    'expiretime',
    'expiration',
    '到期',
    '到期时间',
    '过期时间',
    '失效时间',
    '有效期至',
    '有效期',
  ],
  campaign: ['campaign', 'campaignid', 'campaignname', '活动', '活动名称'],
};
