import type { useTranslations } from 'next-intl';
import type { RelayRules } from '@/lib/relays/types';

type RelaysTranslator = ReturnType<typeof useTranslations<'relays'>>;
type Key = Parameters<RelaysTranslator>[0];

const shownScenes = 3;

/** The name of an event or of a kind of message; one that has none is shown as WeChat writes it. */
function nameOf(t: RelaysTranslator, key: string, name: string): string {
  return t.has(key as Key) ? t(key as Key) : name;
}

/** What a relay takes, in a sentence. @param comma  between the parts of one list */
export function takesInWords(t: RelaysTranslator, rules: RelayRules, comma: string): string {
  if (rules.takesAll) return t('takes.all');
  const types = rules.messageTypes.map((type) => nameOf(t, `messageType.${type}`, type)).join(comma);
  const events = rules.events.map((event) => nameOf(t, `event.${event}`, event)).join(comma);
  const more = rules.scenes.length - shownScenes;
  const scenes = [
    ...rules.scenes.slice(0, shownScenes),
    ...(more > 0 ? [t('takes.more', { count: more })] : []),
  ].join(comma);
  return [
    types && t('takes.messages', { types }),
    events && t('takes.events', { events }),
    scenes && t('takes.scenes', { scenes }),
  ]
    .filter(Boolean)
    .join(t('takes.separator'));
}

/** What was handed on, by the type of its delivery: `message.text`, `event.subscribe`, `ping`. */
export function pushInWords(t: RelaysTranslator, eventType: string): string {
  if (eventType === 'ping') return t('ping');
  const [kind, name = ''] = eventType.split(/\.(.*)/);
  if (kind === 'message') return t('messageOf', { type: nameOf(t, `messageType.${name}`, name) });
  return nameOf(t, `event.${name}`, name);
}
