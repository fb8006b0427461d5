import { expect, it, vi } from 'vitest';
import { WeChatError } from './wechat-error';

it('is itself in a second copy of the library, as a bundler may load it', async () => {
  vi.resetModules();
  const copy = await import('./wechat-error');
  const fields = {
    kind: 'timeout',
    path: '/x',
    retry: 'later',
    remedy: 'tryAgain',
    maybeDone: true,
  } as const;
  const error = new copy.WeChatError('no answer', fields);
  expect(copy.WeChatError).not.toBe(WeChatError);
  expect(error instanceof WeChatError).toBe(true);
  expect(new Error('other') instanceof WeChatError).toBe(false);
  expect(Object.keys(error)).not.toContain('Symbol(qudao.wechat-error)');
});
