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
  const missed = useRef(false);
  const onItems = useCallback(
    (items: FeedItemDto[], isNew: boolean) => {
      // An unfollow names no code, and may be of one whom this code brought.
      const concerns = items.some(({ code, event }) => code?.id === codeId || event === 'unsubscribe');
      if (!isNew || (codeId && !concerns)) return;
      timer.current ??= setTimeout(() => {
        timer.current = null;
        if (document.hidden) missed.current = true;
        else router.refresh();
      }, EVERY_MS);
    },
    [codeId, router],
  );
  useFeed(accountId, onItems);
  useEffect(() => {
    const look = () => {
      if (document.hidden || !missed.current) return;
      missed.current = false;
      router.refresh();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      if (timer.current) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [router]);
  return null;
}
