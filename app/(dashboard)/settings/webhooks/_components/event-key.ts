import type { Messages } from '@/lib/i18n/load-messages';

type EventKey = keyof Messages['webhooks']['eventName'];

/** The key of an event's name in the messages, which part their keys by dots. */
export function eventKey(event: string): EventKey {
  return event.replaceAll('.', '_') as EventKey;
}
