'use client';

import { useQuery } from '@tanstack/react-query';
import type { ExportDto } from '@/lib/exports/types';

const LOOKED_AT_MS = 1_500;

const isMoving = ({ state }: ExportDto) => state === 'queued' || state === 'working';

/** An export as it is now: followed until it has ended. */
export function useLiveExport(initial: ExportDto): ExportDto {
  const { data } = useQuery({
    queryKey: ['export', initial.id, initial.state],
    queryFn: async ({ signal }): Promise<ExportDto> => {
      const query = new URLSearchParams({ accountId: initial.accountId });
      const response = await fetch(`/api/exports/${initial.id}?${query}`, { signal });
      if (!response.ok) throw new Error(`${response.status}`);
      return response.json();
    },
    enabled: isMoving(initial),
    initialData: initial,
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? LOOKED_AT_MS : false),
  });
  return isMoving(initial) ? data : initial;
}
