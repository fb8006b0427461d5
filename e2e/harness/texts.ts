import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTranslator } from 'next-intl';
import type { Messages } from '../../lib/i18n/load-messages';
import { defaultTimeZone, type Locale } from '../../lib/i18n/locales';
import { namespaces } from '../../lib/i18n/namespaces';

const folder = fileURLToPath(new URL('../../lib/i18n/messages', import.meta.url));

/**
 * The app's own sentences by their keys, so that a test finds what a person reads and does not break when it is worded
 * better.
 */
export function texts(locale: Locale) {
  const entries = namespaces.map((name) => [
    name,
    JSON.parse(readFileSync(path.join(folder, locale, `${name}.json`), 'utf8')),
  ]);
  return createTranslator({
    locale,
    messages: Object.fromEntries(entries) as Messages,
    timeZone: defaultTimeZone,
    onError: (error) => {
      throw error;
    },
  });
}

export type Texts = ReturnType<typeof texts>;

/** Matches a sentence whatever stands in its placeholders, such as a duration that nobody can foretell. */
export function sentencePattern(sentence: string, placeholder: string): RegExp {
  return new RegExp(
    sentence
      .split(placeholder)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+'),
  );
}
