import { readdirSync, readFileSync } from 'node:fs';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { AppError, errorCodes } from '@/lib/errors';
import { describeError, describeField, describeFields } from './describe-error';
import { loadMessages } from './load-messages';
import { chooseLocale, locales } from './locales';
import { namespaces } from './namespaces';

const folder = new URL('./messages/', import.meta.url);

function textsOf(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  return Object.entries(node as object).flatMap(([key, child]) =>
    textsOf(child, path ? `${path}.${key}` : key),
  );
}

function read(locale: string, namespace: string): Map<string, string> {
  return new Map(textsOf(JSON.parse(readFileSync(new URL(`${locale}/${namespace}.json`, folder), 'utf8'))));
}

function paramsOf(elements: MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    // A plural in one language is often a plain number in the other; a tag or a select is not interchangeable.
    found.add(element.type === TYPE.tag ? `<${element.value}>` : element.value);
    if (element.type === TYPE.tag) paramsOf(element.children, found);
    if (element.type === TYPE.select || element.type === TYPE.plural) {
      for (const option of Object.values(element.options)) paramsOf(option.value, found);
    }
  }
  return found;
}

describe.each(namespaces)('messages of %s', (namespace) => {
  const chinese = read('zh-CN', namespace);
  const english = read('en', namespace);

  it('has the same keys in both languages', () => {
    expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
  });

  it('parses, with the same parameters in both languages', () => {
    for (const [key, text] of chinese) {
      const theirs = [...paramsOf(parse(english.get(key) ?? ''))].sort();
      expect([key, ...theirs]).toEqual([key, ...[...paramsOf(parse(text))].sort()]);
    }
  });

  it('has no empty text, no Chinese in English, no exclamation', () => {
    for (const [key, text] of [...chinese, ...english]) {
      expect(`${key}: ${text.trim()}`).not.toBe(`${key}: `);
      expect(text, key).not.toMatch(/[!！]/);
    }
    for (const [key, text] of english)
      expect(text, key).not.toMatch(/[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]/);
  });
});

describe('files', () => {
  it('are exactly the namespaces', () => {
    for (const locale of locales) {
      const files = readdirSync(new URL(`${locale}/`, folder)).sort();
      expect(files).toEqual(namespaces.map((name) => `${name}.json`).sort());
    }
  });
});

describe.each(locales)('sentences in %s', (locale) => {
  it('says every error, with nothing, or everything, known about it', async () => {
    const messages = await loadMessages(locale);
    const onError = (error: Error) => {
      throw error;
    };
    const t = createTranslator({ locale, messages, namespace: 'errors', onError });
    expect(Object.keys(messages.errors).sort()).toEqual([...errorCodes].sort());

    const details = { what: 'code', scene: 7, remaining: 3, retryAfterSeconds: 30, errcode: 40164 };
    for (const code of errorCodes) {
      expect(describeError(t, { code, details: {} })).not.toMatch(/absent|-1|[{}]/);
      expect(describeError(t, { code, details, reference: 'r-1a2b' })).not.toMatch(/absent|[{}]/);
    }
    expect(describeError(t, { code: 'SCENE_CAP_REACHED', details: { remaining: 36 } })).toContain('36');
    expect(describeError(t, { code: 'UNEXPECTED', details: {}, reference: 'r-1a2b' })).toContain('r-1a2b');
  });

  it('falls back to a sentence for a field code that it does not know', async () => {
    const messages = await loadMessages(locale);
    const t = createTranslator({ locale, messages, namespace: 'fields' });
    expect(describeField(t, { code: 'noSuchCode' })).toBe(messages.fields.invalid);
    const { code, details } = new AppError('VALIDATION_FAILED', 'label', {
      fields: [
        { field: 'label', code: 'tooLong', params: { max: 40 }, message: '' },
        { field: 'label', code: 'required', message: '' },
      ],
    });
    expect(describeFields(t, { code, details }).label).toContain('40');
  });
});

describe('chooseLocale', () => {
  it('prefers the choice, then English only where it is asked for first', () => {
    expect(chooseLocale('en', 'zh-CN')).toBe('en');
    expect(chooseLocale(undefined, 'en-US,zh;q=0.8')).toBe('en');
    expect(chooseLocale('xx', 'fr,en;q=0.5')).toBe('zh-CN');
    expect(chooseLocale(undefined, null)).toBe('zh-CN');
  });
});
