'use client';

import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { useUndoable } from '@/components/form/use-undoable';
import { TagPicker } from '@/components/tags/tag-picker';
import { Link } from '@/components/ui/link';
import { notify, notifyError } from '@/components/ui/toast';
import type { CodeDto } from '@/lib/codes/types';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { TagCodesInput } from '@/lib/tags/schemas';
import type { ChoosableTagDto } from '@/lib/tags/types';
import { tagCodesAction } from '../../actions';

/** The tags of one code: each a chip, put on and taken off at once. */
export function CodeTags({
  code,
  known,
  mayWrite,
}: {
  code: Pick<CodeDto, 'id' | 'accountId' | 'tags'>;
  known: readonly ChoosableTagDto[];
  mayWrite: boolean;
}) {
  const t = useTranslations('tags.ofCode');
  const { sentenceOf, fieldSentencesOf } = useErrorSentences();
  const [, startTransition] = useTransition();
  const { run } = useUndoable();
  const [names, show] = useOptimistic(code.tags.map(({ name }) => name));
  const send = (tagging: Omit<TagCodesInput, 'codeIds'>) =>
    tagCodesAction({ accountId: code.accountId, tagging: { codeIds: [code.id], ...tagging } });

  if (!mayWrite) return <TagLinks tags={code.tags} />;

  const add = (name: string) =>
    startTransition(async () => {
      show([...names, name]);
      const result = await send({ addNames: [name] });
      if (!result.ok) {
        notifyError(Object.values(fieldSentencesOf(result.error))[0] ?? sentenceOf(result.error));
        return;
      }
      const marks = known.some((tag) => tag.name === name && tag.marksFollowers);
      notify(t(marks ? 'addedMarks' : 'added', { name }));
    });
  const remove = (name: string) => {
    const tag = code.tags.find((each) => each.name === name);
    if (!tag) return;
    run({
      do: () => {
        show(names.filter((each) => each !== name));
        return send({ remove: [tag.id] });
      },
      undo: () => send({ addNames: [name] }),
      sentence: t('removed', { name }),
    });
  };

  return <TagPicker names={names} known={known} onAdd={add} onRemove={remove} />;
}

function TagLinks({ tags }: Pick<CodeDto, 'tags'>) {
  const t = useTranslations('tags.ofCode');
  if (tags.length === 0) return <span className="text-muted">{t('none')}</span>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {tags.map(({ id, name }) => (
        <li key={id}>
          <Link
            href={`/codes?tagId=${id}`}
            className="inline-flex h-8 items-center rounded-full border border-line-strong px-3 text-sm hover:bg-hover"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
