import type { RelayRules } from './types';

/** What of a push the rules look at. `event`: lower case, null for an ordinary message. */
export type RuledPush = { messageType: string | null; event: string | null; scene: string | null };

/** Whether a relay takes a push. */
export function matchesRules(rules: RelayRules, { messageType, event, scene }: RuledPush): boolean {
  return (
    rules.takesAll ||
    (messageType !== null && rules.messageTypes.includes(messageType)) ||
    (event !== null && rules.events.includes(event)) ||
    (scene !== null && rules.scenes.some((rule) => matchesScene(rule, scene)))
  );
}

function matchesScene(rule: string, scene: string): boolean {
  if (rule.endsWith('*')) return scene.startsWith(rule.slice(0, -1));
  const range = /^(\d{1,10})-(\d{1,10})$/.exec(rule);
  if (!range) return scene === rule;
  if (!/^\d{1,10}$/.test(scene)) return false;
  return Number(range[1]) <= Number(scene) && Number(scene) <= Number(range[2]);
}
