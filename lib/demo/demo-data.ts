import { designDefaults } from '../print/design-schemas';
import type { PrintDesignSettings } from '../print/design-types';
import type { ReplyInput } from '../replies/schemas';

/** A made-up chain of coffee shops, so that every page has something to show on the first day. */
export const demoAccount = { name: '青山咖啡（演示）', appId: 'wxdemo0000000001' };

export const demoCampaigns = [
  {
    key: 'stores',
    name: '门店常驻台卡',
    note: '每家店收银台一张，常年使用。',
    startsInDays: -300,
    endsInDays: null,
  },
  {
    key: 'winter',
    name: '冬季新品 · 第二杯半价',
    note: '海报与电梯广告，店员引导扫码。',
    startsInDays: -12,
    endsInDays: 38,
  },
  {
    key: 'metro',
    name: '地铁灯箱投放',
    note: '上海 2 号线、10 号线，共四站。',
    startsInDays: -5,
    endsInDays: 25,
  },
  { key: 'fair', name: '咖啡节快闪摊位', note: '三天的活动，用临时码。', startsInDays: 1, endsInDays: 3 },
] as const;

export type DemoCampaignKey = (typeof demoCampaigns)[number]['key'];

/** What a scan is answered with, so that the stand-in has something to show. */
export const demoReplies: Partial<Record<DemoCampaignKey, ReplyInput>> = {
  stores: {
    enabled: true,
    forNew: {
      kind: 'text',
      text: '欢迎来到青山咖啡{channel}，很高兴认识你。\n\n送你一张新人券，首杯立减 8 元，今天就能用。',
    },
    forReturning: { kind: 'text', text: '欢迎回来。{channel}今日特调：桂花拿铁，出示本条消息第二杯半价。' },
  },
  winter: {
    enabled: true,
    forNew: {
      kind: 'news',
      title: '{campaign}',
      description: '热红酒拿铁、烤栗子摩卡已经上架，点开看全部新品。',
      pictureUrl: 'https://coffee.example.com/winter/cover.jpg',
      url: 'https://coffee.example.com/winter',
    },
    forReturning: null,
  },
};

type DemoChannel = {
  number: string;
  name: string;
  city: string;
  region: string;
  columns: Record<string, string>;
};

const shop = (number: string, name: string, city: string, region: string, manager: string): DemoChannel => ({
  number,
  name,
  city,
  region,
  columns: { 店长: manager },
});

export const demoChannels: DemoChannel[] = [
  shop('SH-001', '静安寺店', '上海', '华东', '周婷'),
  shop('SH-002', '陆家嘴店', '上海', '华东', '陈宇'),
  shop('SH-003', '徐家汇店', '上海', '华东', '吴倩'),
  shop('HZ-001', '湖滨银泰店', '杭州', '华东', '沈一凡'),
  shop('NJ-001', '新街口店', '南京', '华东', '顾明'),
  shop('BJ-001', '三里屯店', '北京', '华北', '赵欣然'),
  shop('BJ-002', '国贸店', '北京', '华北', '孙磊'),
  shop('GZ-001', '天河城店', '广州', '华南', '梁嘉欣'),
  shop('SZ-001', '万象天地店', '深圳', '华南', '黄子轩'),
  shop('CD-001', '太古里店', '成都', '西南', '何雨桐'),
  shop('M-L2-07', '2 号线 · 人民广场灯箱', '上海', '华东', ''),
  shop('M-L2-09', '2 号线 · 静安寺灯箱', '上海', '华东', ''),
  shop('M-L10-04', '10 号线 · 交通大学灯箱', '上海', '华东', ''),
  shop('M-L10-11', '10 号线 · 五角场灯箱', '上海', '华东', ''),
];

/** By kind of place. Of those that mark, a scan at the stand-in shows how followers are tagged. */
export const demoTags = [
  { name: '收银台', marksFollowers: true },
  { name: '灯箱', marksFollowers: false },
  { name: '门头海报', marksFollowers: true },
  { name: '外卖袋', marksFollowers: false },
] as const;

type DemoTagName = (typeof demoTags)[number]['name'];

type DemoCode = {
  campaign: DemoCampaignKey;
  channel: string | null;
  label: string;
  kind: 'permanent' | 'temporary';
  scene?: { str: string };
  expireSeconds?: number;
  tags?: DemoTagName[];
};

const HOUR = 3_600;
const DAY = 24 * HOUR;

export const demoCodes: DemoCode[] = [
  ...demoChannels.slice(0, 10).map(
    ({ number, name }): DemoCode => ({
      campaign: 'stores',
      channel: number,
      label: `${name} · 收银台`,
      kind: 'permanent',
      tags: ['收银台'],
    }),
  ),
  ...demoChannels.slice(10).map(
    ({ number, name }): DemoCode => ({
      campaign: 'metro',
      channel: number,
      label: name,
      kind: 'permanent',
      tags: ['灯箱'],
    }),
  ),
  ...['SH-001', 'BJ-001', 'CD-001'].map(
    (number): DemoCode => ({
      campaign: 'winter',
      channel: number,
      label: `冬季海报 ${number}`,
      kind: 'permanent',
      scene: { str: `winter-${number.toLowerCase()}` },
      tags: ['门头海报'],
    }),
  ),
  { campaign: 'winter', channel: null, label: '公众号推文文末', kind: 'temporary', expireSeconds: 30 * DAY },
  {
    campaign: 'winter',
    channel: 'HZ-001',
    label: '外卖袋贴纸试投',
    kind: 'temporary',
    expireSeconds: 5 * DAY,
    tags: ['外卖袋'],
  },
  { campaign: 'fair', channel: null, label: '摊位立牌 A', kind: 'temporary', expireSeconds: 3 * DAY },
  { campaign: 'fair', channel: null, label: '摊位立牌 B', kind: 'temporary', expireSeconds: 3 * DAY },
  { campaign: 'fair', channel: null, label: '志愿者胸牌', kind: 'temporary', expireSeconds: 20 * HOUR },
];

/** The first is the default. */
export const demoDesigns = [
  {
    name: '收银台台卡 50 毫米',
    settings: { ...designDefaults, caption: { template: '{label}', textMm: 3, maxLines: 2 } },
  },
  {
    name: '门店海报 120 毫米 深绿',
    settings: {
      ...designDefaults,
      sizeMm: 120,
      foreground: '#0a4a2c',
      moduleShape: 'rounded',
      finderStyle: 'rounded',
      caption: { template: '{channel}\n扫码关注，领 {campaign} 福利', textMm: 6, maxLines: 2 },
    },
  },
] as const satisfies readonly { name: string; settings: PrintDesignSettings }[];
