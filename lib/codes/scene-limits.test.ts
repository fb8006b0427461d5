import { expect, it } from 'vitest';
import * as wechat from '@/lib/wechat';
import * as limits from './scene-limits';

it('are those of the WeChat library', () => {
  const { maxTemporarySceneId, maxPermanentSceneId, maxSceneStrBytes, maxExpireSeconds } = limits;
  expect({ maxTemporarySceneId, maxPermanentSceneId, maxSceneStrBytes, maxExpireSeconds }).toEqual({
    maxTemporarySceneId: wechat.maxTemporarySceneId,
    maxPermanentSceneId: wechat.maxPermanentSceneId,
    maxSceneStrBytes: wechat.maxSceneStrBytes,
    maxExpireSeconds: wechat.maxExpireSeconds,
  });
});
