'use client';

import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { ErrorDto } from '@/lib/errors';
import { describeError, describeFields } from './describe-error';

/** For browser code that got an ErrorDto back: the sentence for the whole, and those for the fields. */
export function useErrorSentences() {
  const errors = useTranslations('errors');
  const fields = useTranslations('fields');
  return useMemo(
    () => ({
      sentenceOf: (error: ErrorDto) => describeError(errors, error),
      fieldSentencesOf: (error: ErrorDto) => describeFields(fields, error),
    }),
    [errors, fields],
  );
}
