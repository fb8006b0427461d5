import { type ReplyContent, type ReplyVariable, replyVariables } from './types';

/** WeChat's bound for a text. */
export const maxReplyBytes = 2_048;

const pattern = new RegExp(`\\{(${replyVariables.join('|')})\\}`, 'g');

/** Puts the values in place of `{label}` and the like; a text that grows beyond WeChat's bound is cut. */
export function fillReply(content: ReplyContent, values: Record<ReplyVariable, string>): ReplyContent {
  const fill = (text: string) => text.replace(pattern, (_, name: ReplyVariable) => values[name]);
  if (content.kind === 'text') return { kind: 'text', text: cutToBytes(fill(content.text), maxReplyBytes) };
  const { title, description } = content;
  return { ...content, title: cutToBytes(fill(title), 256), description: cutToBytes(fill(description), 512) };
}

export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** At a whole character. */
function cutToBytes(text: string, most: number): string {
  if (utf8Length(text) <= most) return text;
  let length = 0;
  let kept = '';
  for (const character of text) {
    length += utf8Length(character);
    if (length > most) break;
    kept += character;
  }
  return kept;
}
