/** One messages file a namespace, in each language: messages/LOCALE/NAMESPACE.json. */
export const namespaces = [
  'common',
  'shell',
  'errors',
  'fields',
  'auth',
  'overview',
  'campaigns',
  'channels',
  'codes',
  'batches',
  'quota',
  'quotaRules',
  'settings',
  'accounts',
  'people',
  'apiKeys',
  'audit',
  'print',
  'designs',
  'exports',
  'deliveries',
  'notifications',
  'webhooks',
  'wechat',
] as const;

export type Namespace = (typeof namespaces)[number];
