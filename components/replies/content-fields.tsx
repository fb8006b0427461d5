'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { cn } from '@/components/ui/class-names';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { RadioCards } from '@/components/ui/radio-cards';
import { Textarea } from '@/components/ui/textarea';
import { fillReply, isBlank, maxReplyBytes, utf8Length } from '@/lib/replies/format';
import { ChatBubble } from './chat-bubble';
import { type ContentDraft, filledLength, type ReplyValues, toContent } from './reply-draft';
import { VariableChips } from './variable-chips';

type Written = 'text' | 'title' | 'description';

/** One content with its preview beside it, as this code's scan would be answered. */
export function ContentFields({
  draft,
  onChange,
  errorOf,
  values,
  accountName,
  caption,
  note,
}: {
  draft: ContentDraft;
  onChange: (change: Partial<ContentDraft>) => void;
  errorOf: (field: keyof ContentDraft) => string | undefined;
  values: ReplyValues;
  accountName: string;
  caption: string;
  /** Below the preview: whose values stand in it. */
  note: string;
}) {
  const t = useTranslations('replies');
  const area = useRef<HTMLTextAreaElement>(null);
  const title = useRef<HTMLInputElement>(null);
  const description = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState<Written>('title');
  const { kind } = draft;
  const filled = fillReply(toContent(draft), values);
  const isEmpty = isBlank(toContent(draft));

  /** Where the cursor is, in the field that had it last. */
  const insert = (placeholder: string) => {
    const name = kind === 'text' ? 'text' : focused;
    const field = { text: area, title, description }[name].current;
    const from = field?.selectionStart ?? draft[name].length;
    const to = field?.selectionEnd ?? from;
    onChange({ [name]: draft[name].slice(0, from) + placeholder + draft[name].slice(to) });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(from + placeholder.length, from + placeholder.length);
    });
  };

  return (
    <div className="grid items-start gap-4 md:grid-cols-[minmax(0,1fr)_17rem]">
      <div className="grid min-w-0 gap-4">
        <Field label={t('kind.label')} group>
          <RadioCards
            value={kind}
            onValueChange={(next) => onChange({ kind: next })}
            options={[
              { value: 'text', title: t('kind.text') },
              { value: 'news', title: t('kind.news') },
            ]}
          />
        </Field>
        {kind === 'text' ? (
          <div className="grid gap-1.5">
            <Field
              label={t('fields.text')}
              hint={t.rich('fields.textHint', {
                example: '<a href="https://…">…</a>',
                code: (chunks) => <code className="font-mono">{chunks}</code>,
              })}
              error={errorOf('text')}
              required
            >
              <Textarea
                ref={area}
                rows={5}
                value={draft.text}
                onChange={(event) => onChange({ text: event.target.value })}
              />
            </Field>
            <BytesLeft text={draft.text} values={values} />
          </div>
        ) : (
          <>
            <Field label={t('fields.title')} error={errorOf('title')} required>
              <Input
                ref={title}
                maxLength={64}
                value={draft.title}
                onFocus={() => setFocused('title')}
                onChange={(event) => onChange({ title: event.target.value })}
              />
            </Field>
            <Field label={t('fields.description')} error={errorOf('description')} optional>
              <Input
                ref={description}
                maxLength={120}
                value={draft.description}
                onFocus={() => setFocused('description')}
                onChange={(event) => onChange({ description: event.target.value })}
              />
            </Field>
          </>
        )}
        <VariableChips onInsert={insert} />
        {kind === 'text' ? null : (
          <>
            <Field
              label={t('fields.pictureUrl')}
              hint={t('fields.pictureHint')}
              error={errorOf('pictureUrl')}
              required
            >
              <Input
                type="url"
                inputMode="url"
                placeholder="https://"
                value={draft.pictureUrl}
                onChange={(event) => onChange({ pictureUrl: event.target.value })}
              />
            </Field>
            <Field label={t('fields.url')} error={errorOf('url')} required>
              <Input
                type="url"
                inputMode="url"
                placeholder="https://"
                value={draft.url}
                onChange={(event) => onChange({ url: event.target.value })}
              />
            </Field>
          </>
        )}
      </div>
      <div className="min-w-0 md:sticky md:top-0">
        <ChatBubble accountName={accountName} caption={caption} content={filled} />
        <p className="mt-2 text-sm text-pretty text-muted">{note}</p>
        {!isEmpty && isBlank(filled) ? (
          <p role="status" className="mt-1 flex gap-1.5 text-sm text-amber">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t('preview.blank')}
          </p>
        ) : null}
      </div>
    </div>
  );
}

function BytesLeft({ text, values }: { text: string; values: ReplyValues }) {
  const t = useTranslations('replies.bytes');
  const typed = utf8Length(text.trim());
  const filled = filledLength(text.trim(), values);
  const left = maxReplyBytes - Math.max(typed, filled);
  const isOver = typed > maxReplyBytes;
  const Sign = isOver ? CircleAlert : TriangleAlert;
  return (
    <p className={cn('flex gap-1.5 text-sm', isOver ? 'text-red' : left < 0 ? 'text-amber' : 'text-muted')}>
      {left < 0 ? <Sign aria-hidden className="mt-0.5 size-4 shrink-0" /> : null}
      {isOver
        ? t('over', { over: typed - maxReplyBytes })
        : left < 0
          ? t('cut', { over: -left })
          : t('left', { left })}
    </p>
  );
}
