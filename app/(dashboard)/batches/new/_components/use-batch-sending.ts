'use client';

import { useLocale } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import type { BatchDto, DryRunDto } from '@/lib/batches/types';
import { type Problem, sendBatch } from './send-batch';

export type BatchDraft = {
  query: Record<string, string | number | null>;
  body: Blob | null;
};

type Phase = { step: 'check' | 'make'; sent: number };

/**
 * The two steps from a form to a batch: what it would do, then doing it. What was checked counts until anything is changed
 * (`forget`); the same draft sent twice makes one batch.
 */
export function useBatchSending(onMade: (batch: BatchDto) => void) {
  const locale = useLocale();
  const [phase, setPhase] = useState<Phase | null>(null);
  const [checked, setChecked] = useState<{ report: DryRunDto; draft: BatchDraft; once: string } | null>(null);
  const [refused, setRefused] = useState<{ problem: Problem | null } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function send<T>(path: string, step: Phase['step'], draft: BatchDraft) {
    const controller = new AbortController();
    running.current = controller;
    setPhase({ step, sent: 0 });
    setRefused(null);
    const onSent = (sent: number) => setPhase((now) => now && { ...now, sent });
    const answer = await sendBatch<T>(path, { ...draft, locale, onSent, signal: controller.signal });
    if (controller.signal.aborted) {
      setPhase(null);
      return null;
    }
    if (!answer.ok) {
      setRefused({ problem: answer.problem });
      setPhase(null);
      return null;
    }
    return answer.value;
  }

  const check = async (draft: BatchDraft) => {
    setChecked(null);
    const report = await send<DryRunDto>('/api/batches/dry-run', 'check', draft);
    if (report === null) return;
    setPhase(null);
    setChecked({ report, draft, once: crypto.randomUUID() });
  };

  const make = async () => {
    if (!checked) return;
    const { draft, once } = checked;
    const query = { ...draft.query, once };
    const batch = await send<BatchDto>('/api/batches', 'make', { ...draft, query });
    // Busy until the new page is there.
    if (batch !== null) onMade(batch);
  };

  return {
    phase,
    report: checked?.report ?? null,
    refused,
    check,
    make,
    stop: () => running.current?.abort(),
    forget: () => {
      setChecked(null);
      setRefused(null);
    },
  };
}
