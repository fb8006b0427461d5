'use client';

import { StoppedBanner } from '@/components/accounts/stopped-banner';
import type { StoppedDto } from '@/lib/accounts/types';
import { resumeAccountAction } from '../actions';

export function ResumableBanner({
  accountId,
  stopped,
  timeZone,
}: {
  accountId: string;
  stopped: StoppedDto;
  timeZone: string;
}) {
  return (
    <StoppedBanner stopped={stopped} timeZone={timeZone} resume={() => resumeAccountAction({ accountId })} />
  );
}
