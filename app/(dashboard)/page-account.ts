import { redirect } from 'next/navigation';
import { cache } from 'react';
import { currentAccount } from '@/lib/web/current-account';
import { currentContext } from '@/lib/web/current-context';

/** What a page about one official account needs. Without an account it leads to the overview, which says what to do. */
export const pageAccount = cache(async () => {
  const ctx = await currentContext();
  const account = await currentAccount();
  if (!account) redirect('/');
  const mayWrite = ctx.actor.kind === 'user' && ctx.actor.role !== 'viewer';
  return { ctx, account, now: ctx.clock.now().toISOString(), mayWrite };
});
