import 'server-only';
import { randomInt } from 'node:crypto';
import { maxPermanentSceneId, maxTemporarySceneId } from './scene-limits';

/** A random integer scene for a temporary code, above those that permanent codes may take. */
export function drawScene(): number {
  return randomInt(maxPermanentSceneId + 1, maxTemporarySceneId + 1);
}
