'use client';

import { useRouter } from 'next/navigation';
import { useLocale } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { type Problem, sendBatch } from './send-batch';

/** What is sent: fields in the query, and a table as the whole body. */
export type TableDraft = {
  query: Record<string, string | number | null>;
  body: Blob | null;
};

type Phase = { step: 'check' | 'make'; sent: number };

/**
 * The two steps from a form to what a table makes: what it would do, then doing it. What was checked counts until anything is changed
 * (`forget`); the same draft sent twice is made once.
 */
export function useTableSending<Report, Made>(
  paths: { check: string; make: string },
  onMade: (made: Made) => void,
) {
  const locale = useLocale();
  const router = useRouter();
  const [phase, setPhase] = useState<Phase | null>(null);
  const [checked, setChecked] = useState<{ report: Report; draft: TableDraft; once: string } | null>(null);
  const [refused, setRefused] = useState<{ problem: Problem | null } | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function send<T>(path: string, step: Phase['step'], draft: TableDraft) {
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
    if (!answer.ok && answer.problem?.href) {
      // An admin has been asked instead: the request has a page of its own. Busy until it is there.
      router.push(answer.problem.href);
      return null;
    }
    if (!answer.ok) {
      setRefused({ problem: answer.problem });
      setPhase(null);
      return null;
    }
    return answer.value;
  }

  const check = async (draft: TableDraft) => {
    setChecked(null);
    const report = await send<Report>(paths.check, 'check', draft);
    if (report === null) return;
    setPhase(null);
    setChecked({ report, draft, once: crypto.randomUUID() });
  };

  /** @param choices  what was decided in view of the report */
  const make = async (choices: TableDraft['query'] = {}) => {
    if (!checked) return;
    const { draft, once } = checked;
    const query = { ...draft.query, ...choices, once };
    const made = await send<Made>(paths.make, 'make', { ...draft, query });
    // Busy until the new page is there.
    if (made !== null) onMade(made);
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
