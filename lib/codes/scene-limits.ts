// For the browser's sake apart from lib/wechat, which needs Node; a test holds them equal.

export const maxTemporarySceneId = 4_294_967_295;
export const maxPermanentSceneId = 100_000;
export const maxSceneStrBytes = 64;
export const maxExpireSeconds = 2_592_000;

export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
