import type { ServerResponse } from 'node:http';

/**
 * Next drops `content-length` from what a route answers, since a body that it fetched elsewhere may have been unpacked on the
 * way. Where a route knows the length of its own body it says so in `x-body-length` too, which becomes the length again here:
 * a browser shows the true progress of a download by it.
 */
export function keepLength(response: ServerResponse): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    name.toLowerCase() === 'x-body-length' ? set('Content-Length', String(value)) : set(name, value);
}
