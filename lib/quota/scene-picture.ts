/** The integer scenes 1…100,000 of an account as runs of one state each. Pure: the server writes it, the browser draws it. */

export const sceneStates = ['issued', 'reserved', 'archived', 'external', 'others', 'free'] as const;

/**
 * `external`: another system has used it. `others`: left to other systems, and not used as far as is known. A scene whose
 * digits a string holds has that string's state.
 */
export type SceneRunState = (typeof sceneStates)[number];

export type SceneRun = { from: number; to: number; state: SceneRunState };

export const lastScene = 100_000;

const letters: Record<SceneRunState, string> = {
  issued: 'i',
  reserved: 'r',
  archived: 'a',
  external: 'e',
  others: 'o',
  free: 'f',
};
const stateOf = new Map(sceneStates.map((state) => [letters[state], state]));

/**
 * Runs in order, letter and length: `i40000e500f59500`; a length of 1 is left out.
 *
 * At most 100,000 letters when no two neighbours are alike, so the answer is bounded however torn the range is.
 *
 * @param stateAt  of a scene, 1…100,000
 */
export function encodePicture(stateAt: (scene: number) => SceneRunState): string {
  const parts: string[] = [];
  let from = 1;
  for (let scene = 2; scene <= lastScene + 1; scene++) {
    const state = stateAt(from);
    if (scene <= lastScene && stateAt(scene) === state) continue;
    const length = scene - from;
    parts.push(length === 1 ? letters[state] : `${letters[state]}${length}`);
    from = scene;
  }
  return parts.join('');
}

/** @returns the runs, ascending; together they are 1…100,000 */
export function decodePicture(text: string): SceneRun[] {
  const runs: SceneRun[] = [];
  let from = 1;
  for (const [, letter = '', length = ''] of text.matchAll(/([a-z])(\d*)/g)) {
    const state = stateOf.get(letter) ?? 'free';
    const to = from + (length === '' ? 1 : Number(length)) - 1;
    runs.push({ from, to, state });
    from = to + 1;
  }
  return runs;
}

/** The place in `runs` of the one that holds a scene; by halving. */
export function runIndexAt(runs: readonly SceneRun[], scene: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle]?.from ?? 0) <= scene) low = middle;
    else high = middle - 1;
  }
  return low;
}
