import { expect, it } from 'vitest';
import { safeNextPath } from './next-path';

it.each(['/', '/codes', '/codes?q=%E7%A0%81&sort=label', '/settings/people'])('goes to %s', (path) => {
  expect(safeNextPath(path)).toBe(path);
});

it.each([
  undefined,
  '',
  'codes',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  '/sign-in?next=/sign-in',
  '/link/abc',
  '/api/auth/signout',
  ['/codes'],
])('stays home for %j', (path) => {
  expect(safeNextPath(path)).toBe('/');
});
