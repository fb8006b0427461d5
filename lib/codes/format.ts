import type { CodeDto, CodeStatus, SceneDto } from './types';

export const sceneText = (scene: SceneDto) => ('id' in scene ? String(scene.id) : scene.str);

/** WeChat's `action_name` for this kind of code. */
export function actionName({ kind, scene }: Pick<CodeDto, 'kind' | 'scene'>): string {
  if ('id' in scene) return kind === 'permanent' ? 'QR_LIMIT_SCENE' : 'QR_SCENE';
  return kind === 'permanent' ? 'QR_LIMIT_STR_SCENE' : 'QR_STR_SCENE';
}

const SOON_MS = 3 * 86_400_000;

/** The status as a list shows it: an issued code that ends within 3 days is "expiring". */
export function shownStatus(
  { status, expiresAt }: Pick<CodeDto, 'status' | 'expiresAt'>,
  now: string,
): CodeStatus | 'expiring' {
  if (status !== 'issued' || expiresAt === null) return status;
  const left = Date.parse(expiresAt) - Date.parse(now);
  if (left <= 0) return 'expired';
  return left <= SOON_MS ? 'expiring' : 'issued';
}
