'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef } from 'react';
import type { FeedItemDto } from '@/lib/analytics/types';
import { useFeed } from './use-feed';

const EVERY_MS = 2_000;

/** Has the page's figures made anew when scans come, every two seconds at most; of one code, when it was scanned. */
export function LiveRefresh({ accountId, codeId }: { accountId: string; codeId?: string }) {
  const router = useRouter();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const onItems = useCallback(
    (items: FeedItemDto[]) => {
      // An unfollow names no code, and may be of one whom this code brought.
      if (codeId && !items.some(({ code, event }) => code?.id === codeId || event === 'unsubscribe')) return;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        if (!document.hidden) router.refresh();
      }, EVERY_MS);
    },
    [codeId, router],
  );
  useFeed(accountId, onItems);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  return null;
}
