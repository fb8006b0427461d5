import { account } from './fixtures';

const delivery = (columns: string, values: string) =>
  `INSERT INTO deliveries (kind, target_id, event_type, payload_sealed, ${columns})
   VALUES ('webhook', gen_random_uuid(), 'x', 'x', ${values})`;
const sender = (columns: string, values: string) =>
  `INSERT INTO notification_senders (name, kinds, locale, kind, ${columns}) VALUES ('n', '{}', ${values})`;

export const attempts: Record<string, string[]> = {
  delivery_waits_or_is_finished: [
    delivery('next_attempt_at', 'NULL'),
    delivery('state, next_attempt_at', `'failed', NULL`),
    delivery('state, finished_at', `'delivered', now()`),
    delivery('finished_at', 'now()'),
  ],
  delivery_lease_is_whole: [delivery('lease_token', 'gen_random_uuid()'), delivery('lease_until', 'now()')],
  delivery_attempts: [delivery('attempts', '-1')],
  notification_sender_has_a_target: [
    sender('from_address', `'en', 'email', 'a@example.com'`),
    sender('recipients', `'en', 'email', ARRAY['a@example.com']`),
    sender('host', `'en', 'wecom', 'h'`),
    sender('host, address_sealed, from_address', `'en', 'feishu', 'h', 's', 'a@example.com'`),
  ],
  notification_sender_locale: [sender('host, address_sealed', `'fr', 'wecom', 'h', 's'`)],
  notification_href_is_local: [
    `INSERT INTO notifications (kind, href) VALUES ('x', 'https://example.com/')`,
    `INSERT INTO notifications (kind, href) VALUES ('x', '//example.com/')`,
  ],
  quota_threshold_percent: [
    `INSERT INTO quota_thresholds (account_id, percent) VALUES (${account}, 0)`,
    `INSERT INTO quota_thresholds (account_id, percent) VALUES (${account}, 101)`,
  ],
};
