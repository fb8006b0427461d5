import { expect, it, vi } from 'vitest';
import { AppError, isAppError } from './errors';

it('is itself in a second copy of the module, as Next bundles it', async () => {
  vi.resetModules();
  const copy = await import('./errors');
  const error = new copy.AppError('NOT_FOUND', 'none');
  expect(copy.AppError).not.toBe(AppError);
  expect(error instanceof AppError && isAppError(error)).toBe(true);
  expect(isAppError(new Error('other'))).toBe(false);
  expect(isAppError({ code: 'NOT_FOUND', details: {} })).toBe(false);
});
