import en from './messages/en.json';
import zh from './messages/zh-CN.json';

export type Language = 'zh-CN' | 'en';
export type TextKey = keyof typeof en;
export type Translate = (key: TextKey, values?: Record<string, string | number>) => string;

const messages: Record<Language, Record<TextKey, string>> = { 'zh-CN': zh, en };

/** `?lang=` first, then the first of the browser's languages that we speak, then Chinese. */
export function languageOf(asked: string | null, acceptLanguage: string): Language {
  for (const wish of [asked ?? '', ...acceptLanguage.split(',')]) {
    if (/^\s*zh/i.test(wish)) return 'zh-CN';
    if (/^\s*en/i.test(wish)) return 'en';
  }
  return 'zh-CN';
}

export function translator(language: Language): Translate {
  return (key, values = {}) =>
    messages[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The sentences that the page's own script fills in. */
export function scriptTexts(language: Language): Record<string, string> {
  const wanted =
    /^(working|answered|answeredAfter|noAnswer|notPushed|verified|notVerified|failed|reason\..*|sees\..*|chat\..*)$/;
  return Object.fromEntries(Object.entries(messages[language]).filter(([key]) => wanted.test(key)));
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(value: string | number): string {
  return String(value).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
