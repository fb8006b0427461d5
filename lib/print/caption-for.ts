import { fillCaption } from './caption-template';
import type { CaptionField } from './design-types';

/** Print is for people before a poster in China, whatever language the app is used in. */
const EXPIRY = '有效期至 ';

/**
 * The caption of one code. A code that expires says so even where the template has no `{expires}`: on the first line, which is
 * never cut.
 *
 * @param facts  `expires` is '' for a permanent code
 */
export function captionFor(template: string, facts: Readonly<Record<CaptionField, string>>): string {
  const text = fillCaption(template, facts);
  if (facts.expires === '' || template.includes('{expires}')) return text;
  return `${EXPIRY}${facts.expires}\n${text}`;
}
