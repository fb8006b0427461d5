import type { Locale } from './locales';
import type accounts from './messages/zh-CN/accounts.json';
import type analytics from './messages/zh-CN/analytics.json';
import type apiKeys from './messages/zh-CN/apiKeys.json';
import type audit from './messages/zh-CN/audit.json';
import type auth from './messages/zh-CN/auth.json';
import type batches from './messages/zh-CN/batches.json';
import type bindings from './messages/zh-CN/bindings.json';
import type campaigns from './messages/zh-CN/campaigns.json';
import type channels from './messages/zh-CN/channels.json';
import type codes from './messages/zh-CN/codes.json';
import type common from './messages/zh-CN/common.json';
import type deliveries from './messages/zh-CN/deliveries.json';
import type designs from './messages/zh-CN/designs.json';
import type errors from './messages/zh-CN/errors.json';
import type exportMessages from './messages/zh-CN/exports.json';
import type fields from './messages/zh-CN/fields.json';
import type notifications from './messages/zh-CN/notifications.json';
import type overview from './messages/zh-CN/overview.json';
import type people from './messages/zh-CN/people.json';
import type posters from './messages/zh-CN/posters.json';
import type print from './messages/zh-CN/print.json';
import type push from './messages/zh-CN/push.json';
import type quota from './messages/zh-CN/quota.json';
import type quotaRules from './messages/zh-CN/quotaRules.json';
import type relays from './messages/zh-CN/relays.json';
import type replies from './messages/zh-CN/replies.json';
import type scans from './messages/zh-CN/scans.json';
import type settings from './messages/zh-CN/settings.json';
import type shell from './messages/zh-CN/shell.json';
import type tags from './messages/zh-CN/tags.json';
import type webhooks from './messages/zh-CN/webhooks.json';
import type wechat from './messages/zh-CN/wechat.json';
import { type Namespace, namespaces } from './namespaces';

type ByNamespace = {
  common: typeof common;
  shell: typeof shell;
  errors: typeof errors;
  exports: typeof exportMessages;
  fields: typeof fields;
  auth: typeof auth;
  overview: typeof overview;
  analytics: typeof analytics;
  campaigns: typeof campaigns;
  channels: typeof channels;
  codes: typeof codes;
  tags: typeof tags;
  batches: typeof batches;
  quota: typeof quota;
  quotaRules: typeof quotaRules;
  settings: typeof settings;
  accounts: typeof accounts;
  people: typeof people;
  apiKeys: typeof apiKeys;
  audit: typeof audit;
  print: typeof print;
  designs: typeof designs;
  posters: typeof posters;
  deliveries: typeof deliveries;
  notifications: typeof notifications;
  scans: typeof scans;
  push: typeof push;
  webhooks: typeof webhooks;
  relays: typeof relays;
  replies: typeof replies;
  bindings: typeof bindings;
  wechat: typeof wechat;
};

/** All texts of one language. The Chinese files say which keys there are; messages.test.ts holds English to them. */
export type Messages = { [N in Namespace]: ByNamespace[N] };

/** Reads all namespaces of one language into one object, as next-intl wants it. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const entries = await Promise.all(
    namespaces.map(
      async (name) => [name, (await import(`./messages/${locale}/${name}.json`)).default] as const,
    ),
  );
  return Object.fromEntries(entries) as Messages;
}
