import type { _Translator as TranslatorOf } from 'next-intl';
import type { ErrorDto, FieldIssue } from '@/lib/errors';
import type { Messages } from './load-messages';

type Values = Record<string, string | number>;

export type ErrorsTranslator = TranslatorOf<Messages, 'errors'>;
export type FieldsTranslator = TranslatorOf<Messages, 'fields'>;

/** What the sentences in errors.json may name, and what stands for it when an error does not carry it. */
const absent: Values = {
  what: 'other',
  scene: 'absent',
  errcode: 'absent',
  reference: 'absent',
  remaining: -1,
  kind: 'other',
  budget: -1,
  campaign: '',
  spent: 0,
  left: 0,
  days: -1,
  label: '',
  slots: -1,
  retryAfterSeconds: -1,
  reason: 'other',
  state: 'other',
  smallestMm: -1,
  largestMm: -1,
};

/**
 * The sentence that a person reads about a failure.
 *
 * @param t  translator of the namespace `errors`
 */
export function describeError(t: ErrorsTranslator, error: ErrorDto): string {
  const values: Values = { ...absent, count: error.details.fields?.length ?? 0 };
  for (const [name, value] of Object.entries(error.details)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
  }
  if (error.reference) values.reference = error.reference;
  return t(error.code, values);
}

/**
 * The sentence about one field. A code that has none falls back to "this is not right", never to a bare key.
 *
 * @param t  translator of the namespace `fields`
 */
export function describeField(t: FieldsTranslator, issue: Pick<FieldIssue, 'code' | 'params'>): string {
  const key = issue.code as keyof Messages['fields'];
  return t.has(key) ? t(key, issue.params ?? {}) : t('invalid');
}

/** Sentences by field name, for forms; the first issue of a field wins. `t` as for {@link describeField}. */
export function describeFields(t: FieldsTranslator, error: ErrorDto): Record<string, string> {
  const sentences: Record<string, string> = {};
  for (const issue of error.details.fields ?? []) sentences[issue.field] ??= describeField(t, issue);
  return sentences;
}
