/** What went wrong with a message to another system; the sentences are `deliveries.errors.KIND`. */
export const outgoingErrors = [
  'badAddress',
  'notHttps',
  'addressRefused',
  'hostUnknown',
  'connectionRefused',
  'certificate',
  'timeout',
  'cut',
  'redirect',
  'status',
  /** It answered 200 and said no in its own words. */
  'refused',
  /** It answered 200 with what WeChat would not take for a reply. */
  'badReply',
  /** The target was removed, or is switched off. */
  'targetGone',
  'notConfigured',
  'unexpected',
] as const;

export type OutgoingError = (typeof outgoingErrors)[number];
