'use client';

import { useState } from 'react';
import { OwnScenesFields, readOwnScenes } from '@/components/accounts/own-scenes-fields';
import { formatRanges } from '@/lib/accounts/format';
import type { SceneRange } from '@/lib/accounts/types';
import { FormFrame } from '../../../settings/accounts/_components/form-frame';
import { useAccountForm } from '../../../settings/accounts/_components/use-account-form';

/** Which numbers and prefixes this app may give out; the rest is left to others. */
export function OwnScenesForm({
  accountId,
  ownRanges,
  ownPrefixes,
}: {
  accountId: string;
  ownRanges: SceneRange[];
  ownPrefixes: string[];
}) {
  const [text, setText] = useState({ ranges: formatRanges(ownRanges), prefixes: ownPrefixes.join('\n') });
  const form = useAccountForm(accountId);
  const read = readOwnScenes(text);
  const submit = () => {
    if (read.faults.length > 0) return;
    form.submit({ ownRanges: read.ownRanges, ownPrefixes: read.ownPrefixes });
  };
  return (
    <FormFrame formRef={form.formRef} onSubmit={submit} pending={form.pending} failure={form.failure}>
      <OwnScenesFields text={text} onChange={setText} errors={form.errors} faults={read.faults} />
    </FormFrame>
  );
}
