import type { UnknownGroupDto, UnknownSceneDto } from './types';

type Area = { prefix: string | null; fromId: number | null; toId: number | null };

const shownExamples = 5;
const rangeSize = 1_000;

/**
 * Puts scenes that look alike together: strings by what stands before their first digit or separator's end (`login-`),
 * integers by the thousand, so that another system's codes are one line. A scene like no other stands alone.
 */
export function groupScenes(scenes: readonly UnknownSceneDto[]): UnknownGroupDto[] {
  const groups = new Map<string, { area: Area; scenes: UnknownSceneDto[] }>();
  for (const scene of scenes) {
    const area = areaOf(scene.scene);
    const key = JSON.stringify(area);
    const group = groups.get(key);
    if (group) group.scenes.push(scene);
    else groups.set(key, { area, scenes: [scene] });
  }
  return [...groups.entries()]
    .map(([key, { area, scenes: own }]) => ({
      ...{ key, ...area, scenes: own.length },
      events: own.reduce((sum, { events }) => sum + events, 0),
      lastAt:
        own
          .map(({ lastAt }) => lastAt)
          .sort()
          .at(-1) ?? '',
      examples: own.slice(0, shownExamples),
    }))
    .sort((a, b) => b.events - a.events);
}

function areaOf(scene: string): Area {
  const id = toId(scene);
  if (id !== null) {
    const fromId = Math.floor(id / rangeSize) * rangeSize;
    return { prefix: null, fromId: Math.max(1, fromId), toId: fromId + rangeSize - 1 };
  }
  const [prefix = ''] = scene.match(/^\D*?[-_:/.=]|^[^\d]{2,}(?=\d)/u) ?? [];
  return { prefix: prefix || scene, fromId: null, toId: null };
}

/** Whether a scene lies in what was set aside. */
export function isWithin(scene: string, { prefix, fromId, toId: to }: Area): boolean {
  if (prefix !== null) return prefix !== '' && scene.startsWith(prefix);
  const id = toId(scene);
  return id !== null && fromId !== null && to !== null && fromId <= id && id <= to;
}

function toId(scene: string): number | null {
  return /^[1-9]\d{0,9}$/.test(scene) ? Number(scene) : null;
}
