import { utf8Length } from '@/lib/replies/format';
import type { ReplyInput } from '@/lib/replies/schemas';
import type { ReplyContent, ReplyDto, ReplyVariable } from '@/lib/replies/types';

/** One content while it is written: what was typed for the other kind stays until the dialog is closed. */
export type ContentDraft = { kind: ReplyContent['kind'] } & Record<
  'text' | 'title' | 'description' | 'pictureUrl' | 'url',
  string
>;

export type ReplyDraft = {
  enabled: boolean;
  forNew: ContentDraft;
  differs: boolean;
  forReturning: ContentDraft;
};

const emptyContent: ContentDraft = {
  ...{ kind: 'text', text: '', title: '', description: '', pictureUrl: '', url: '' },
};

export function toDraft(reply: ReplyDto | null): ReplyDraft {
  const { enabled, forNew, forReturning } = reply ?? { enabled: true, forNew: null, forReturning: null };
  return {
    enabled,
    forNew: { ...emptyContent, ...forNew },
    differs: forReturning !== null,
    forReturning: { ...emptyContent, ...forReturning },
  };
}

export function toContent({ kind, text, ...article }: ContentDraft): ReplyContent {
  if (kind === 'text') return { kind, text };
  const { title, description, pictureUrl, url } = article;
  return { kind, title, description, pictureUrl, url };
}

export function toInput({ enabled, forNew, differs, forReturning }: ReplyDraft): ReplyInput {
  return {
    enabled,
    forNew: toContent(forNew),
    forReturning: differs ? toContent(forReturning) : null,
  };
}

export type ReplyValues = Record<ReplyVariable, string>;

/** How many bytes a text will have once its variables are filled in, not yet cut. */
export function filledLength(text: string, values: ReplyValues): number {
  let length = utf8Length(text);
  for (const [name, value] of Object.entries(values)) {
    const count = text.split(`{${name}}`).length - 1;
    length += count * (utf8Length(value) - utf8Length(`{${name}}`));
  }
  return length;
}
