'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { BatchProgressDto } from '@/lib/batches/types';
import { isMoving, laterOf, shareDone } from '../../_components/batch-figures';

const LOOKED_AT_MS = 1_500;
/** In a tab that nobody looks at only the title moves; what is paused moves only when somebody does something. */
const SELDOM_MS = 10_000;

function pollMs(batch: BatchProgressDto): number | false {
  if (!isMoving(batch)) return false;
  // The server draws the page too, and there is no document.
  const isHidden = typeof document !== 'undefined' && document.hidden;
  return isHidden || batch.state === 'paused' ? SELDOM_MS : LOOKED_AT_MS;
}

/** The batch as it is now: followed until it has ended. */
export function useLiveBatch(initial: BatchProgressDto): BatchProgressDto {
  const router = useRouter();
  const { data, refetch } = useQuery({
    queryKey: ['batch', initial.id],
    queryFn: async ({ signal }): Promise<BatchProgressDto> => {
      const query = new URLSearchParams({ accountId: initial.accountId });
      const response = await fetch(`/api/batches/${initial.id}?${query}`, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
    enabled: isMoving(initial),
    initialData: initial,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => pollMs(laterOf(initial, state.data ?? initial)),
  });

  const live = laterOf(initial, data);

  // Back at the tab, nobody waits for the seldom beat.
  useEffect(() => {
    const onShow = () => {
      if (!document.hidden && isMoving(initial)) void refetch();
    };
    document.addEventListener('visibilitychange', onShow);
    return () => document.removeEventListener('visibilitychange', onShow);
  }, [initial, refetch]);

  // The rows below and the quota at the foot are the server's drawing: drawn anew ten times on the way, and at each turn.
  const step = (batch: BatchProgressDto) =>
    `${batch.state} ${batch.pause?.reason} ${batch.failed > 0} ${Math.floor(10 * shareDone(batch))}`;
  const drawn = useRef(step(initial));
  drawn.current = step(initial);
  const now = step(live);
  useEffect(() => {
    if (now !== drawn.current) router.refresh();
  }, [now, router]);

  return live;
}
