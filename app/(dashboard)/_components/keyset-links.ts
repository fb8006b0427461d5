/** Cursors are base64url, so a tilde never stands in one. */
const SEPARATOR = '~';

/** Pages that one can step back through before the way back leads to the first. */
const MAX_TRAIL = 20;

export type SearchParams = Record<string, string | string[] | undefined>;

/**
 * The addresses of the page before and the page after of a list that only knows how to go forward: the cursors that led
 * here travel along in the URL (`trail`), so that a reload or a link keeps the way back.
 *
 * @param params  of the present page; `cursor` and `trail` are ours, the rest is carried along
 */
export function keysetLinks(
  pathname: string,
  params: SearchParams,
  nextCursor: string | null,
): { newerHref: string | null; olderHref: string | null } {
  const cursor = single(params.cursor);
  const trail = (single(params.trail) ?? '').split(SEPARATOR).filter(Boolean);
  const hrefOf = (toCursor: string | undefined, toTrail: string[]) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(params)) {
      const text = single(value);
      if (text && name !== 'cursor' && name !== 'trail') query.set(name, text);
    }
    if (toCursor) query.set('cursor', toCursor);
    if (toTrail.length > 0) query.set('trail', toTrail.join(SEPARATOR));
    return query.size > 0 ? `${pathname}?${query}` : pathname;
  };
  return {
    newerHref: cursor ? hrefOf(trail.at(-1), trail.slice(0, -1)) : null,
    olderHref: nextCursor
      ? hrefOf(nextCursor, [...trail, ...(cursor ? [cursor] : [])].slice(-MAX_TRAIL))
      : null,
  };
}

export const single = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
