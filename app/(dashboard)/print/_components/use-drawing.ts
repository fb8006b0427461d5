'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocale } from 'next-intl';
import { useEffect, useState } from 'react';
import type { DesignGrade, PrintDesignSettings } from '@/lib/print/design-types';

/** As it was when nothing had changed for so long. */
export function useSettled<T>(value: T, delayMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}

/** A refusal in the words of the server, as a reader of the page knows them. */
class RefusedError extends Error {}

async function ask(path: string, asked: Record<string, string>, locale: string, signal: AbortSignal) {
  const query = new URLSearchParams(asked);
  const response = await fetch(`${path}?${query}`, { signal, headers: { 'accept-language': locale } });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  const says = typeof problem === 'object' && problem !== null && 'detail' in problem ? problem.detail : '';
  throw new RefusedError(String(says));
}

export type Drawing = { address: string; widthMm: number; heightMm: number };

/**
 * The drawing that would be printed, by the server; the former one stays until the next is there.
 *
 * @param codeId  the code to show; a sample when left out
 */
export function useDrawing(accountId: string, settings: PrintDesignSettings | null, codeId?: string) {
  const locale = useLocale();
  const text = useSettled(settings === null ? null : JSON.stringify(settings), 200);
  const { data, error, isFetching } = useQuery({
    queryKey: ['design-drawing', accountId, text, codeId],
    queryFn: async ({ signal }) => {
      const asked = { accountId, settings: text ?? '', ...(codeId === undefined ? {} : { codeId }) };
      const response = await ask('/api/designs/preview', asked, locale, signal);
      return readSize(await response.text());
    },
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
  const svg = data?.svg;
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (svg === undefined) return;
    const made = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [svg]);
  const drawing: Drawing | null = data && address ? { address, ...data } : null;
  return { drawing, isFetching, failure: error instanceof RefusedError ? error.message : error ? '' : null };
}

/** Every drawing says how large it is; a caption makes it taller. */
function readSize(svg: string): { svg: string; widthMm: number; heightMm: number } {
  const [head = ''] = /<svg[^>]*>/.exec(svg) ?? [];
  const lengthOf = (name: string) => Number(new RegExp(`\\s${name}="([\\d.]+)mm"`).exec(head)?.[1] ?? 0);
  return { svg, widthMm: lengthOf('width'), heightMm: lengthOf('height') };
}

/** The grade of a design that nobody is changing any more. */
export function useGrade(accountId: string, settings: PrintDesignSettings | null) {
  const locale = useLocale();
  const text = useSettled(settings === null ? null : JSON.stringify(settings), 700);
  const { data, isFetching, isError, isPlaceholderData } = useQuery({
    queryKey: ['design-grade', accountId, text],
    queryFn: async ({ signal }): Promise<DesignGrade> =>
      (await ask('/api/designs/grade', { accountId, settings: text ?? '' }, locale, signal)).json(),
    enabled: text !== null,
    placeholderData: keepPreviousData,
    staleTime: 600_000,
    retry: 1,
  });
  return { grade: data ?? null, isFetching: isFetching || isPlaceholderData, isError };
}
