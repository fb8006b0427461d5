import { describe, expect, it } from 'vitest';
import { keysetLinks } from './keyset-links';

const paramsOf = (href: string | null) =>
  Object.fromEntries(new URL(href ?? '', 'http://localhost').searchParams);

describe('keysetLinks', () => {
  it('leads forward three pages and back again, the filter carried along', () => {
    const first = keysetLinks('/codes', { q: 'shop' }, 'A');
    expect(first.newerHref).toBeNull();
    expect(paramsOf(first.olderHref)).toEqual({ q: 'shop', cursor: 'A' });
    const second = keysetLinks('/codes', paramsOf(first.olderHref), 'B');
    const third = keysetLinks('/codes', paramsOf(second.olderHref), null);
    expect(third.olderHref).toBeNull();
    expect(paramsOf(third.newerHref)).toEqual({ q: 'shop', cursor: 'A' });
    expect(second.newerHref).toBe('/codes?q=shop');
  });

  it('forgets the far end of a long way, never the near one', () => {
    let params: Record<string, string> = {};
    for (let page = 0; page < 40; page++)
      params = paramsOf(keysetLinks('/codes', params, `c${page}`).olderHref);
    expect((params.trail ?? '').split('~')).toHaveLength(20);
    expect(paramsOf(keysetLinks('/codes', params, null).newerHref).cursor).toBe('c38');
  });
});
