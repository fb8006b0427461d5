import type { CaptionField } from '../print/design-types';

/** The example of WeChat's own documentation, as long as a ticket's url is. */
export const SAMPLE_URL = 'http://weixin.qq.com/q/kZgfwMTm72WWPkovabbI';

/** What stands in a preview's caption. Chinese in every language of the app: that is what will be printed. */
export const sampleCaption: Readonly<Record<CaptionField, string>> = {
  label: '人民广场店 收银台',
  campaign: '双十二会员日',
  channel: '人民广场店',
  scene: '1024',
  expires: '2026-12-23',
};
