'use client';

import { useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { CodeDto } from '@/lib/codes/types';

/** Each second at first, since WeChat mostly answers at once; then ever more rarely. */
const pollMs = (times: number) => (times < 10 ? 1_000 : times < 30 ? 3_000 : 10_000);

/** The code as it is now: followed until WeChat has issued or refused it. */
export function useLiveCode(initial: CodeDto): CodeDto {
  const router = useRouter();
  const { data } = useQuery({
    queryKey: ['code', initial.id],
    queryFn: async ({ signal }): Promise<CodeDto> => {
      const query = new URLSearchParams({ accountId: initial.accountId });
      const response = await fetch(`/api/codes/${initial.id}?${query}`, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
    enabled: initial.status === 'reserved',
    initialData: initial,
    refetchInterval: ({ state }) =>
      state.data?.status === 'reserved' ? pollMs(state.dataUpdateCount + state.errorUpdateCount) : false,
  });

  // What the server drew (quota at the foot, what may be done) is older than the news.
  const drawn = useRef(initial.status);
  drawn.current = initial.status;
  useEffect(() => {
    if (data.status !== drawn.current) router.refresh();
  }, [data.status, router]);

  return initial.status === 'reserved' ? data : initial;
}
