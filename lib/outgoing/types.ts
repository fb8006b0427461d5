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
  /** The target was removed, or is switched off. */
  'targetGone',
  'notConfigured',
  'unexpected',
] as const;

export type OutgoingError = (typeof outgoingErrors)[number];
