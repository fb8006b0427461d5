import 'server-only';
import { readFeed } from '../analytics/read-feed';
import type { FeedItemDto } from '../analytics/types';
import type { Context } from '../context';
import { mayAccess } from '../people/authorise';
import { subscribeToScans } from '../scans/feed';
import { recheckActor } from './recheck-actor';
import { reportError } from './report-error';

const HEARTBEAT_MS = 15_000;
/** Bursts are gathered, so that a busy account sends a few messages a second and not hundreds. */
const GATHER_MS = 250;
const MOST_AT_ONCE = 50;
/** Sent at once, so that nothing is missed between a page's making and its stream. */
const RECENT = 12;
/** Ids are given out before commits, and a process may commit after another with later ids: looked back so far. */
const LOOK_BACK = 200n;

/**
 * A stream of server-sent events: first those of just now (`recent`), then each message (`scans`) holds events, newest first, and bears the highest id so far, by which a
 * browser that was cut off goes on (Last-Event-ID). Who sent the request is checked again with every heartbeat.
 */
export async function feedResponse(ctx: Context, accountId: string, request: Request): Promise<Response> {
  const first = await readFeed(ctx, accountId, { limit: RECENT });
  const lastSeen = request.headers.get('last-event-id');
  let last = BigInt(lastSeen && /^\d{1,18}$/.test(lastSeen) ? lastSeen : (first[0]?.id ?? '0'));
  let sent = new Set<string>(first.map(({ id }) => id));
  const encoder = new TextEncoder();
  let end: () => void = () => undefined;

  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      let isLooking = false;
      let lookAgain = false;
      let timer: NodeJS.Timeout | null = null;
      const write = (text: string) => controller.enqueue(encoder.encode(text));

      const look = async () => {
        if (isLooking) {
          lookAgain = true;
          return;
        }
        isLooking = true;
        try {
          do {
            lookAgain = false;
            const after = last > LOOK_BACK ? last - LOOK_BACK : 0n;
            const found = await readFeed(ctx, accountId, { after: after.toString(), limit: MOST_AT_ONCE });
            const fresh = found.filter(({ id }) => isFresh(id));
            if (fresh.length > 0) send(fresh, found);
          } while (lookAgain);
        } catch (error) {
          reportError(error, 'GET /api/feed');
          end();
        } finally {
          isLooking = false;
        }
      };
      const begun = last;
      const isFresh = (id: string) => !sent.has(id) && BigInt(id) > begun;
      const send = (fresh: FeedItemDto[], found: FeedItemDto[]) => {
        last = BigInt(found[0]?.id ?? last);
        sent = new Set([...found.map(({ id }) => id), ...sent].slice(0, 500));
        write(`id: ${last}\nevent: scans\ndata: ${JSON.stringify(fresh)}\n\n`);
      };
      const soon = () => {
        timer ??= setTimeout(() => {
          timer = null;
          void look();
        }, GATHER_MS);
      };
      const unsubscribe = subscribeToScans(accountId, soon);
      const heartbeat = setInterval(async () => {
        const actor = await recheckActor(ctx.actor, request).catch(() => null);
        if (actor === null || !mayAccess(actor, accountId)) return end();
        write(': still here\n\n');
        // What another process could not tell is found now.
        await look();
      }, HEARTBEAT_MS);
      let isEnded = false;
      end = () => {
        if (isEnded) return;
        isEnded = true;
        clearInterval(heartbeat);
        if (timer) clearTimeout(timer);
        unsubscribe();
        try {
          controller.close();
        } catch {
          // The reader has gone already.
        }
      };
      request.signal.addEventListener('abort', () => end(), { once: true });
      write('retry: 3000\n\n');
      if (lastSeen === null) write(`event: recent\ndata: ${JSON.stringify(first)}\n\n`);
      if (lastSeen !== null) soon();
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
