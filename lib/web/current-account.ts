import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { listAccounts } from '../accounts/list-accounts';
import type { AccountSummaryDto } from '../accounts/types';
import { env } from '../env';
import { pageContext } from './page-context';

const ACCOUNT_COOKIE = 'account';
const ONE_YEAR_SECONDS = 31_536_000;

/** The official accounts that the person of the present request may see; read once a request. */
export const currentAccounts = cache(
  async (): Promise<AccountSummaryDto[]> => listAccounts(await pageContext()),
);

/** The account chosen in the switcher, else the first one; null where there is none to see. */
export const currentAccount = cache(async (): Promise<AccountSummaryDto | null> => {
  const accounts = await currentAccounts();
  const chosen = (await cookies()).get(ACCOUNT_COOKIE)?.value;
  return accounts.find(({ id }) => id === chosen) ?? accounts[0] ?? null;
});

/** Remembers the account that a browser looks at. Grants nothing: it is looked up among those that may be seen. */
export async function rememberAccount(accountId: string): Promise<void> {
  (await cookies()).set(ACCOUNT_COOKIE, accountId, {
    path: '/',
    maxAge: ONE_YEAR_SECONDS,
    sameSite: 'lax',
    httpOnly: true,
    secure: env().PUBLIC_URL.startsWith('https://'),
  });
}
