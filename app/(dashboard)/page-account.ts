import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getAccount } from '@/lib/accounts/get-account';
import { mayWrite } from '@/lib/people/types';
import { currentAccount } from '@/lib/web/current-account';
import { pageContext } from '@/lib/web/page-context';

/** What a page about one official account needs. Without an account it leads to the overview, which says what to do. */
export const pageAccount = cache(async () => {
  const ctx = await pageContext();
  const chosen = await currentAccount();
  if (!chosen) redirect('/');
  const account = await getAccount(ctx, chosen.id);
  return { ctx, account, now: ctx.clock.now().toISOString(), mayWrite: mayWrite(ctx.actor) };
});
