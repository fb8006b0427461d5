'use client';

import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { ConnectionTest } from '@/components/accounts/connection-test';
import type { ConnectionRound } from '@/lib/accounts/types';
import { testConnectionAction } from '../actions';

/** The test of one account; the page around it follows what it finds (stopped, connected). */
export function AccountTest({
  accountId,
  autoStart,
  onSettled,
}: {
  accountId: string;
  autoStart?: boolean;
  onSettled?: (passed: boolean) => void;
}) {
  const router = useRouter();
  const runRound = useCallback(
    (round: ConnectionRound) => testConnectionAction({ accountId, round }),
    [accountId],
  );
  const settle = useCallback(
    (passed: boolean) => {
      router.refresh();
      onSettled?.(passed);
    },
    [router, onSettled],
  );
  return <ConnectionTest runRound={runRound} autoStart={autoStart} onSettled={settle} />;
}
