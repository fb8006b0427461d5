'use client';

import { useEffect, useMemo, useRef, useState, useTransition } from 'react';
import type { z } from 'zod';
import type { ErrorDto } from '@/lib/errors';
import { toFieldIssues } from '@/lib/field-issues';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { Result } from '@/lib/result';

/**
 * A form in front of a server action: checked with the schema that the service checks with, then sent; what the server
 * refuses lands on its field as well, and the first wrong field gets the focus.
 *
 * @param send  calls the action
 * @param onDone  with what it answered; runs inside the transition, so the form stays busy until a new page is there
 */
export function useActionForm<S extends z.ZodType, T>({
  schema,
  send,
  onDone,
}: {
  schema: S;
  send: (input: z.input<S>) => Promise<Result<T>>;
  onDone: (value: T) => void;
}) {
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [refusal, setRefusal] = useState<ErrorDto | null>(null);
  const [pending, startTransition] = useTransition();
  const formRef = useRef<HTMLFormElement>(null);

  useEffect(() => {
    if (!refusal) return;
    formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);

  const errors = useMemo(() => (refusal ? fieldSentencesOf(refusal) : {}), [refusal, fieldSentencesOf]);

  const submit = (input: z.input<S>) => {
    const parsed = schema.safeParse(input, { reportInput: true });
    if (!parsed.success) {
      setRefusal({ code: 'VALIDATION_FAILED', details: { fields: toFieldIssues(parsed.error) } });
      return;
    }
    startTransition(async () => {
      const result = await send(input);
      setRefusal(result.ok ? null : result.error);
      if (result.ok) onDone(result.value);
    });
  };

  return {
    formRef,
    pending,
    submit,
    /** Sentences by field name. */
    errors,
    refusal,
    /** The sentence for the whole; null while nothing was refused. */
    failure: refusal ? sentenceOf(refusal) : null,
    reset: () => setRefusal(null),
  };
}
