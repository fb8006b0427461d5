import 'server-only';
import { getAccount } from '../accounts/get-account';
import type { Context } from '../context';
import { requireId } from '../field-issues';
import { authorise } from '../people/authorise';
import { readTakenDigits } from './picture-store';
import { encodePicture, lastScene, type SceneRunState } from './scene-picture';
import type { ScenePictureDto } from './types';

const stateOf: Record<string, SceneRunState> = {
  i: 'issued',
  r: 'reserved',
  a: 'archived',
  e: 'external',
};

/**
 * The whole range of integer scenes, 1…100,000, as runs.
 *
 * @returns `picture` as `decodePicture` reads it; at most 100,000 characters
 */
export async function getScenePicture(ctx: Context, accountId: string): Promise<ScenePictureDto> {
  authorise(ctx, 'viewer', accountId);
  const id = requireId(accountId, 'account');
  const { ownRanges } = await getAccount(ctx, id);
  const states = new Array<SceneRunState>(lastScene + 1).fill('others');
  for (const [from, to] of ownRanges) states.fill('free', from, to + 1);
  const strings: [number, SceneRunState][] = [];
  const integers = new Set<number>();
  for (const [, letter = '', digits] of (await readTakenDigits(ctx.db, id)).matchAll(/([a-zA-Z])(\d+)/g)) {
    const scene = Number(digits);
    const state = stateOf[letter.toLowerCase()];
    if (state === undefined || scene < 1 || scene > lastScene) continue;
    if (letter === letter.toLowerCase()) {
      states[scene] = state;
      integers.add(scene);
    } else strings.push([scene, state]);
  }
  for (const [scene, state] of strings) if (!integers.has(scene)) states[scene] = state;
  return { picture: encodePicture((scene) => states[scene] ?? 'free') };
}
