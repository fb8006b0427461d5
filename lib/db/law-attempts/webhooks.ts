import { account } from './fixtures';

const webhook = (columns: string, values: string) =>
  `INSERT INTO webhooks (account_id, url, secret_sealed, ${columns}) VALUES (${account}, 'https://example.com', 's', ${values})`;

export const attempts: Record<string, string[]> = {
  webhook_names_events: [webhook('events', `'{}'`)],
  webhook_failures: [webhook('events, failures', `'{scan.recorded}', 1`)],
  webhook_disabled_for_a_reason: [
    webhook('events, disabled_at', `'{scan.recorded}', now()`),
    webhook('events, disabled_reason', `'{scan.recorded}', 'failing'`),
  ],
};
