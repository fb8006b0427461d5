import { type CaptionField, captionFields } from './design-types';

const placeholder = /\{([^{}]*)\}/g;
const known: ReadonlySet<string> = new Set(captionFields);

/** The placeholders of a template that mean nothing, as they were written. */
export function unknownPlaceholders(template: string): string[] {
  return [...template.matchAll(placeholder)].map(([, name = '']) => name).filter((name) => !known.has(name));
}

/**
 * Fills a caption's template in. A line of which every placeholder is empty is left out: a permanent code has no `{expires}`.
 *
 * @param values  as they are to be read: the expiry written in the account's time zone and language; an absent one is ''
 */
export function fillCaption(template: string, values: Readonly<Record<CaptionField, string>>): string {
  return template
    .split('\n')
    .filter((line) => {
      const names = [...line.matchAll(placeholder)].map(([, name = '']) => name);
      return names.length === 0 || names.some((name) => isField(name) && values[name].trim() !== '');
    })
    .map((line) =>
      line.replace(placeholder, (all, name: string) => (isField(name) ? values[name] : all)).trim(),
    )
    .join('\n');
}

const isField = (name: string): name is CaptionField => known.has(name);
