import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, toastStyleDigest } from './content-security-policy';

const directive = (policy: string, name: string) =>
  policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? '';

describe('contentSecurityPolicy', () => {
  it('lets no inline script run without the nonce', () => {
    const policy = contentSecurityPolicy('abc', false);
    expect(directive(policy, 'script-src')).toBe("script-src 'self' 'nonce-abc' 'strict-dynamic'");
    expect(policy).not.toContain('unsafe-eval');
    expect(directive(policy, 'style-src')).not.toContain('unsafe-inline');
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('knows the digest of the style sheet that sonner inserts', () => {
    const entry = createRequire(import.meta.url).resolve('sonner');
    const source = readFileSync(join(dirname(entry), 'index.mjs'), 'utf8');
    const inserted = /__insertCSS\((".*")\)/.exec(source)?.[1];
    const css: unknown = JSON.parse(inserted ?? 'null');
    expect(typeof css).toBe('string');
    expect(`sha256-${createHash('sha256').update(String(css)).digest('base64')}`).toBe(toastStyleDigest);
  });
});
