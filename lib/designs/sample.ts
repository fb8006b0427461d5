import type { CaptionField } from '../print/design-types';

/** The example of WeChat's own documentation, as long as a ticket's url is. */
export const SAMPLE_URL = 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI';

/** As short and as long as tickets' urls are. */
export const SAMPLE_URLS = [SAMPLE_URL, 'http://weixin.qq.com/q/02aGXkZ1jwbqT10000g07lAb'];

/** What stands in a preview's caption. Chinese in every language of the app: that is what will be printed. */
export const sampleCaption: Readonly<Record<CaptionField, string>> = {
  label: '人民广场店 收银台',
  campaign: '双十二会员日',
  channel: '人民广场店',
  scene: '1024',
  expires: '2026-12-23',
};
