/** What one rule for scenes means. */
export type SceneRule =
  | { kind: 'prefix'; prefix: string }
  | { kind: 'range'; from: number; to: number }
  | { kind: 'scene'; scene: string };

/** Why a rule is none: `sceneRuleStar` a star elsewhere than at the end · `rangeOrder` a range that ends before it begins. */
export type SceneRuleFault = 'sceneRuleStar' | 'rangeOrder';

/** Reads `login_*`, `40001-40500`, or one scene. */
export function readSceneRule(text: string): SceneRule | { kind: 'fault'; fault: SceneRuleFault } {
  const star = text.indexOf('*');
  if (star !== -1 && star < text.length - 1) return { kind: 'fault', fault: 'sceneRuleStar' };
  if (star !== -1) return { kind: 'prefix', prefix: text.slice(0, -1) };
  const [, first, last] = /^(\d{1,10})-(\d{1,10})$/.exec(text) ?? [];
  if (first === undefined || last === undefined) return { kind: 'scene', scene: text };
  const range = { kind: 'range', from: Number(first), to: Number(last) } as const;
  return range.from > range.to ? { kind: 'fault', fault: 'rangeOrder' } : range;
}

/** The rules of a text, one a line. */
export function readLines(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return [...new Set(lines.filter(Boolean))];
}
