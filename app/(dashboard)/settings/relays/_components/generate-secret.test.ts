import { expect, it } from 'vitest';
import { generateEncodingAesKey, generateToken } from './generate-secret';

it('makes tokens and keys as WeChat takes them, never the same twice', () => {
  const made = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const key = generateEncodingAesKey();
    expect(key).toMatch(/^[A-Za-z0-9]{43}$/);
    const bytes = Buffer.from(`${key}=`, 'base64');
    expect(bytes).toHaveLength(32);
    expect(bytes.toString('base64'), 'a strict decoder takes it').toBe(`${key}=`);
    const token = generateToken();
    expect(token).toMatch(/^[A-Za-z0-9]{32}$/);
    made.add(key).add(token);
  }
  expect(made.size).toBe(600);
  const letters = new Set([...made].join(''));
  expect(letters.size).toBe(62);
});
