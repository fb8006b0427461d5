import { expect, it } from 'vitest';
import { captionFor } from './caption-for';

const facts = { label: '收银台', campaign: '双十二', channel: '', scene: '7', expires: '' };

it('says when a code ends although the template does not ask for it', () => {
  expect(captionFor('{label}', facts)).toBe('收银台');
  expect(captionFor('{label}', { ...facts, expires: '2026-12-23 14:02' })).toBe(
    '有效期至 2026-12-23 14:02\n收银台',
  );
  expect(captionFor('{label} {expires}', { ...facts, expires: '2026-12-23 14:02' })).toBe(
    '收银台 2026-12-23 14:02',
  );
});
