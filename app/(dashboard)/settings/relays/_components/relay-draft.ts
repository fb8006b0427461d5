import { readLines } from '@/lib/relays/format';
import type { RelayInput } from '@/lib/relays/schemas';
import { messageTypes, type RelayDto, rareEvents, usualEvents } from '@/lib/relays/types';

/** What the dialog holds while it is filled in. */
export type RelayDraft = {
  name: string;
  url: string;
  allowPrivate: boolean;
  takesAll: boolean;
  messageTypes: readonly string[];
  /** Those that have a box to tick. */
  events: readonly string[];
  /** Names of others, as typed. */
  otherEvents: string;
  /** One rule a line. */
  scenes: string;
  mode: RelayDto['mode'];
  /** Undefined keeps what is stored. */
  token: string | undefined;
  encodingAesKey: string | undefined;
  answers: boolean;
};

const named: readonly string[] = [...usualEvents, ...rareEvents];

export function toDraft(relay?: RelayDto): RelayDraft {
  const secrets = { token: undefined, encodingAesKey: undefined };
  if (!relay) {
    return {
      ...{ name: '', url: '', allowPrivate: false, takesAll: true, messageTypes: [], events: [] },
      ...{ otherEvents: '', scenes: '', mode: 'safe', ...secrets, answers: false },
    };
  }
  const { name, url, allowPrivate, takesAll, mode, answers } = relay;
  return {
    ...{ name, url, allowPrivate, takesAll, mode, answers, ...secrets },
    messageTypes: relay.messageTypes,
    events: relay.events.filter((event) => named.includes(event)),
    otherEvents: relay.events.filter((event) => !named.includes(event)).join('\n'),
    scenes: relay.scenes.join('\n'),
  };
}

export function toInput(draft: RelayDraft): RelayInput {
  const { name, url, allowPrivate, takesAll, mode, answers, token, encodingAesKey } = draft;
  const shared = {
    ...{ name, url, allowPrivate, takesAll, mode, answers },
    ...(token === undefined ? {} : { token }),
    ...(encodingAesKey === undefined || mode === 'plain' ? {} : { encodingAesKey }),
  };
  // Rules that are out of sight must not be refused.
  if (takesAll) return { ...shared, messageTypes: [], events: [], scenes: [] };
  const typed = draft.otherEvents.toLowerCase().split(/[\s,;，；、]+/);
  return {
    ...shared,
    // In the order of the page, so that the same choice is the same rule.
    messageTypes: messageTypes.filter((type) => draft.messageTypes.includes(type)),
    events: [...new Set([...named.filter((event) => draft.events.includes(event)), ...typed])].filter(
      Boolean,
    ),
    scenes: readLines(draft.scenes),
  };
}
