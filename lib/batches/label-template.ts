/** What a template may name in braces: the number of the code, its campaign, its channel's name and number (编号). */
export const templateNames = ['n', 'campaign', 'channel', 'number'] as const;

export type TemplateValues = { n: number; campaign: string; channel: string; number: string };

export const defaultTemplate = '{campaign} {n}';
export const channelTemplate = '{channel}';

const placeholder = /\{([^{}]*)\}/g;

/** Names in braces that mean nothing, or null: `{店名}` in a template would be printed as it stands. */
export function findUnknownPlaceholder(template: string): string | null {
  for (const [, name = ''] of template.matchAll(placeholder)) {
    if (!isNumber(name) && !templateNames.some((known) => known === name)) return name;
  }
  return null;
}

/** `{n}` is the number of the code from 1; `{nnnn}` the same with zeros before it, 0001. */
export function expandTemplate(template: string, values: TemplateValues): string {
  return template
    .replace(placeholder, (whole, name: string) => {
      if (isNumber(name)) return String(values.n).padStart(name.length, '0');
      return name in values ? String(values[name as keyof TemplateValues]) : whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
}

const isNumber = (name: string) => /^n{1,8}$/.test(name);
