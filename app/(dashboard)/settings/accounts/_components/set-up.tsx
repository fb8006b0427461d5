'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useRef, useState } from 'react';
import type { AccountDto, OutgoingAddressDto } from '@/lib/accounts/types';
import { CredentialsStep, KindStep, WhitelistStep } from './set-up-first-steps';
import { DoneStep, OthersStep, TestStep, TokenStep } from './set-up-last-steps';
import { SetUpSteps } from './set-up-steps';
import { type SetUpStep, setUpSteps, useSetUpDraft } from './use-set-up-draft';

const ACCOUNT_KEY = 'set-up-account';

/**
 * Connects an account in seven steps. Back and forward, the browser's own included, lose nothing: what was typed is kept,
 * and once saved the address holds the account, so that a reload goes on where it was.
 */
export function SetUp({
  saved,
  addresses,
}: {
  saved: AccountDto | null;
  addresses: readonly OutgoingAddressDto[];
}) {
  const [query, setQuery] = useQueryStates(
    { step: parseAsStringLiteral(setUpSteps), account: parseAsString },
    // Not shallow: Next reloads the whole page when the address changes behind its back while it refreshes, as after a test.
    { history: 'push', shallow: false },
  );
  const [changed, setChanged] = useState<AccountDto | null>(null);
  // The browser's Back may lead to an address from before the account was saved: what is known stays known.
  const [arrivedWith] = useState(saved);
  const account = changed ?? saved ?? arrivedWith;
  const [isFresh, setIsFresh] = useState(false);
  const { draft, change, errorsOf, missing } = useSetUpDraft(account);
  const headingRef = useRef<HTMLDivElement>(null);

  // An address from before the account was saved, reloaded: the account is found again. A fresh start forgets it.
  const arrivedAt = useRef(query.step);
  useEffect(() => {
    if (account) sessionStorage.setItem(ACCOUNT_KEY, account.id);
    else {
      const id = arrivedAt.current ? sessionStorage.getItem(ACCOUNT_KEY) : null;
      if (id) location.replace(`?${new URLSearchParams({ step: arrivedAt.current ?? '', account: id })}`);
      else sessionStorage.removeItem(ACCOUNT_KEY);
    }
  }, [account]);

  // A link into the middle leads to the first step that still lacks something.
  const asked = query.step ?? 'kind';
  const furthest = furthestStep(missing, account);
  const step = setUpSteps.indexOf(asked) > setUpSteps.indexOf(furthest) ? furthest : asked;

  const lastStep = useRef(step);
  useEffect(() => {
    if (lastStep.current === step) return;
    lastStep.current = step;
    headingRef.current?.focus();
  }, [step]);

  const go = (next: SetUpStep) => void setQuery({ step: next });
  const onward = () => {
    const next = setUpSteps[setUpSteps.indexOf(step) + 1];
    if (next) go(next);
  };
  const back = () => {
    const previous = setUpSteps[setUpSteps.indexOf(step) - 1];
    if (previous) go(previous);
  };
  const common = { draft, change, errorsOf, onward, back };

  return (
    <div className="grid items-start gap-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <SetUpSteps current={step} furthest={furthest} onSelect={go} />
      <div ref={headingRef} tabIndex={-1} className="min-w-0 outline-none" data-set-up-step={step}>
        {step === 'kind' ? <KindStep onward={onward} /> : null}
        {step === 'credentials' ? <CredentialsStep {...common} account={account} /> : null}
        {step === 'whitelist' ? <WhitelistStep {...common} addresses={addresses} /> : null}
        {step === 'token' ? (
          <TokenStep
            {...common}
            account={account}
            onCorrect={() => go('credentials')}
            onSaved={(next) => {
              setChanged(next);
              setIsFresh(true);
              void setQuery({ account: next.id, step: 'test' });
            }}
          />
        ) : null}
        {step === 'test' && account ? (
          <TestStep
            accountId={account.id}
            autoStart={isFresh}
            onward={onward}
            back={back}
            onSettled={() => setIsFresh(false)}
          />
        ) : null}
        {step === 'others' && account ? (
          <OthersStep account={account} onSaved={setChanged} onward={onward} back={back} />
        ) : null}
        {step === 'done' && account ? (
          <DoneStep account={saved?.id === account.id ? saved : account} />
        ) : null}
      </div>
    </div>
  );
}

function furthestStep(missing: boolean, account: AccountDto | null): SetUpStep {
  if (account) return account.externalDeclaredAt === null ? 'others' : 'done';
  return missing ? 'credentials' : 'token';
}
