'use client';

import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { useUndoable } from '@/components/form/use-undoable';
import { Button } from '@/components/ui/button';
import { success } from '@/lib/result';
import type { SetAsideInput } from '@/lib/scans/schemas';
import { setScenesAsideAction, takeScenesBackAction } from '../actions';

/** Sets a group aside in one click, with a way back. */
export function SetAsideButton({ accountId, area }: { accountId: string; area: SetAsideInput }) {
  const t = useTranslations('scans');
  const { pending, run } = useUndoable();
  const made = useRef<string | null>(null);
  const setAside = async () => {
    const result = await setScenesAsideAction({ accountId, area });
    if (result.ok) made.current = result.value.id;
    return result;
  };
  const takeBack = async () =>
    made.current === null
      ? success(undefined)
      : takeScenesBackAction({ accountId, setAsideId: made.current });
  return (
    <Button
      variant="secondary"
      size="sm"
      pending={pending}
      onClick={() => run({ do: setAside, undo: takeBack, sentence: t('setAsideDone') })}
    >
      {t('setAside')}
    </Button>
  );
}

export function TakeBackButton({
  accountId,
  setAsideId,
  area,
}: {
  accountId: string;
  setAsideId: string;
  area: SetAsideInput;
}) {
  const t = useTranslations('scans');
  const { pending, run } = useUndoable();
  return (
    <Button
      variant="secondary"
      size="sm"
      pending={pending}
      onClick={() =>
        run({
          do: () => takeScenesBackAction({ accountId, setAsideId }),
          undo: () => setScenesAsideAction({ accountId, area }),
          sentence: t('takenBack'),
        })
      }
    >
      {t('takeBack')}
    </Button>
  );
}
