export const webhookEvents = [
  'binding.scanned',
  'scan.recorded',
  'follower.gained',
  'follower.lost',
  'code.issued',
  'code.expiring',
  'quota.threshold',
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export const disabledReasons = ['switchedOff', 'failing'] as const;
export type DisabledReason = (typeof disabledReasons)[number];

export type WebhookDto = {
  id: string;
  accountId: string;
  url: string;
  events: WebhookEvent[];
  /** Loopback and private addresses may be called too. */
  allowPrivate: boolean;
  /** Openids go out whole; masked otherwise. */
  seesOpenids: boolean;
  enabled: boolean;
  disabledAt: string | null;
  /** `failing`: every attempt of a whole day failed, so it was switched off. */
  disabledReason: DisabledReason | null;
  /** Failed attempts since the last that succeeded, and when the first of them was. */
  failures: number;
  failingSince: string | null;
  createdAt: string;
};

/** The one moment at which the secret is known to anybody but the database. */
export type CreatedWebhookDto = WebhookDto & { secret: string };

/** What a receiver gets as the body. */
export type WebhookPayload = {
  /** The same however often it is sent: a receiver knows by it what it had before. */
  id: string;
  type: WebhookEvent | 'ping';
  at: string;
  accountId: string;
  data: Record<string, unknown>;
};
