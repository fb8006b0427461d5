import 'server-only';
import { getBindingNews } from '../bindings/get-binding';
import type { BindingState } from '../bindings/types';
import { watchBinding } from '../bindings/watch-bindings';
import type { Context } from '../context';
import { contextFor } from '../runtime';
import { problemResponse } from './problem';
import { reportError } from './report-error';

const heartbeatMs = 15_000;

type News = { id: string; state: BindingState; expiresAt: string };

/**
 * A stream that sends one event, `scanned` or `expired`, when that comes to pass, and ends. A browser connects again by itself
 * when a stream ends; one that has had its event is told by 204 that nothing follows.
 *
 * @param read  what is sent; asked again before each event
 * @param mayStay  whether who listens still may; asked with every heartbeat
 */
export async function bindingEventsResponse(
  ctx: Context,
  accountId: string,
  request: Request,
  read: () => Promise<News>,
  mayStay: () => Promise<boolean>,
): Promise<Response> {
  const first = await read();
  if (first.state !== 'pending' && request.headers.get('last-event-id') === first.state) {
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  }
  const encoder = new TextEncoder();
  let end: () => void = () => undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const write = (text: string) => controller.enqueue(encoder.encode(text));
      const sendIfOver = (news: News) => {
        if (isEnded || news.state === 'pending') return;
        write(`id: ${news.state}\nevent: ${news.state}\ndata: ${JSON.stringify(news)}\n\n`);
        end();
      };
      const look = async () => {
        try {
          sendIfOver(await read());
        } catch (error) {
          reportError(error, 'GET /api/v1/bindings/{id}/events');
          end();
        }
      };
      let isEnded = false;
      let expiry: NodeJS.Timeout | null = null;
      const armExpiry = () => {
        const left = Date.parse(first.expiresAt) - ctx.clock.now().getTime();
        // Near enough, since a timer cannot wait for weeks.
        if (left < 2 * heartbeatMs) expiry ??= setTimeout(look, Math.max(0, left) + 20);
      };
      const unwatch = watchBinding(ctx.db, accountId, first.id, () => void look());
      const heartbeat = setInterval(async () => {
        if (!(await mayStay().catch(() => false))) return end();
        if (isEnded) return;
        write(': still here\n\n');
        armExpiry();
      }, heartbeatMs);
      end = () => {
        if (isEnded) return;
        isEnded = true;
        clearInterval(heartbeat);
        if (expiry) clearTimeout(expiry);
        unwatch();
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      request.signal.addEventListener('abort', () => end(), { once: true });
      write('retry: 3000\n\n');
      sendIfOver(first);
      if (!isEnded) armExpiry();
    },
    cancel: () => end(),
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
}

/** The same for a browser that bears the binding's token; its page is another system's, so any page that has it may listen. */
export async function bindingEventsByToken(request: Request, id: string, token: string): Promise<Response> {
  let response: Response;
  try {
    const ctx = await contextFor({ kind: 'stranger' });
    const { accountId } = await getBindingNews(ctx, id, token);
    const read = async () => (await getBindingNews(ctx, id, token)).news;
    response = await bindingEventsResponse(ctx, accountId, request, read, async () => true);
  } catch (error) {
    response = await problemResponse(reportError(error, 'GET /api/v1/bindings/{id}/events'), request);
  }
  response.headers.set('access-control-allow-origin', '*');
  response.headers.set('cache-control', 'no-store, no-transform');
  return response;
}
