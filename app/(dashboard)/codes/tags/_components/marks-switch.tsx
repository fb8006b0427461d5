'use client';

import { useTranslations } from 'next-intl';
import { useOptimistic, useTransition } from 'react';
import { Switch } from '@/components/ui/switch';
import { notify, notifyError } from '@/components/ui/toast';
import { useErrorSentences } from '@/lib/i18n/use-error-sentences';
import type { TagDto } from '@/lib/tags/types';
import { updateTagAction } from '../actions';

/** Whether a tag is put on those who scan; takes effect at once. */
export function MarksSwitch({ tag }: { tag: Pick<TagDto, 'id' | 'accountId' | 'name' | 'marksFollowers'> }) {
  const t = useTranslations('tags');
  const { sentenceOf } = useErrorSentences();
  const [pending, startTransition] = useTransition();
  const [marks, setMarks] = useOptimistic(tag.marksFollowers);

  const change = (marksFollowers: boolean) =>
    startTransition(async () => {
      setMarks(marksFollowers);
      const { id: tagId, accountId, name } = tag;
      const result = await updateTagAction({ accountId, tagId, tag: { marksFollowers } });
      if (!result.ok) notifyError(sentenceOf(result.error));
      else notify(t(marksFollowers ? 'switchedOn' : 'switchedOff', { name }));
    });

  return (
    <Switch
      hideLabel
      label={t('marksLabel', { name: tag.name })}
      checked={marks}
      disabled={pending}
      onCheckedChange={change}
    />
  );
}
