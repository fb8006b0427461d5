import { readSceneRule } from './format';
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

function matchesScene(text: string, scene: string): boolean {
  const rule = readSceneRule(text);
  switch (rule.kind) {
    case 'prefix':
      return scene.startsWith(rule.prefix);
    case 'range':
      return /^\d{1,10}$/.test(scene) && rule.from <= Number(scene) && Number(scene) <= rule.to;
    case 'scene':
      return scene === rule.scene;
    case 'fault':
      return false;
  }
}
