'use client';

import { useEffect, useRef, useState } from 'react';
import type { FeedItemDto } from '@/lib/analytics/types';

type OnItems = (items: FeedItemDto[], isNew: boolean) => void;
type Message = { items: FeedItemDto[] };

/**
 * Scans as they come. One stream a browser: the tab that holds the lock listens and tells the others. Where locks are not
 * to be had (plain http on a name), each tab listens for itself while it is in sight.
 *
 * @param onItems  newest first; `isNew` false: those of just before, which the page may show already
 */
export function useFeed(accountId: string, onItems: OnItems): boolean {
  const [connected, setConnected] = useState(false);
  const latest = useRef(onItems);
  useEffect(() => {
    latest.current = onItems;
  });

  useEffect(() => {
    const name = `qudao-feed-${accountId}`;
    const channel = new BroadcastChannel(name);
    const ended = new AbortController();
    channel.onmessage = ({ data }: MessageEvent<Message>) => latest.current(data.items, true);

    const open = (): EventSource => {
      const source = new EventSource(`/api/feed?accountId=${accountId}`);
      source.onopen = () => setConnected(true);
      source.onerror = () => setConnected(false);
      source.addEventListener('recent', ({ data }) => latest.current(JSON.parse(data), false));
      source.addEventListener('scans', ({ data }) => {
        const items = JSON.parse(data) as FeedItemDto[];
        latest.current(items, true);
        channel.postMessage({ items } satisfies Message);
      });
      return source;
    };

    if ('locks' in navigator) {
      // Those that wait hear of the scans over the channel.
      setConnected(true);
      navigator.locks
        .request(name, { signal: ended.signal }, async () => {
          // Given in the same moment in which this went away.
          if (ended.signal.aborted) return;
          const source = open();
          await new Promise<void>((resolve) => ended.signal.addEventListener('abort', () => resolve()));
          source.close();
        })
        .catch(() => undefined);
    } else {
      let source = document.hidden ? null : open();
      const look = () => {
        if (document.hidden) {
          source?.close();
          source = null;
        } else source ??= open();
      };
      document.addEventListener('visibilitychange', look);
      ended.signal.addEventListener('abort', () => {
        document.removeEventListener('visibilitychange', look);
        source?.close();
      });
    }
    return () => {
      ended.abort();
      channel.close();
    };
  }, [accountId]);
  return connected;
}
