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

/** Nothing would be left to read, as of `{channel}` where there is no channel: WeChat takes no such reply. */
export function isBlank(content: ReplyContent): boolean {
  return (content.kind === 'text' ? content.text : content.title).trim() === '';
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

/** A text as WeChat shows it: `<a href="…">words</a>` is a link of those words. */
export function splitLinks(text: string): { text: string; isLink: boolean }[] {
  const parts: { text: string; isLink: boolean }[] = [];
  let from = 0;
  for (const { 0: whole, 1: words = '', index } of text.matchAll(/<a\s[^<>]*href=[^<>]*>([^<>]+)<\/a>/gi)) {
    if (index > from) parts.push({ text: text.slice(from, index), isLink: false });
    parts.push({ text: words, isLink: true });
    from = index + whole.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), isLink: false });
  return parts;
}
