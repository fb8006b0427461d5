'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { TokenSourceValues } from '@/components/accounts/token-source-fields';
import { createAccountSchema } from '@/lib/accounts/schemas';
import type { AccountDto } from '@/lib/accounts/types';
import { toFieldIssues } from '@/lib/field-issues';
import { describeFields } from '@/lib/i18n/describe-error';

export const setUpSteps = ['kind', 'credentials', 'whitelist', 'token', 'test', 'others', 'done'] as const;
export type SetUpStep = (typeof setUpSteps)[number];

export type SetUpDraft = TokenSourceValues & { name: string; appId: string };

/** What outlives a reload before the account has been saved. Secrets do not: they stay in the page's memory. */
const remembered = ['name', 'appId', 'tokenSource', 'remoteTokenUrl', 'remoteTokenHeader'] as const;
const STORAGE_KEY = 'set-up-draft';

export function useSetUpDraft(account: AccountDto | null) {
  const fields = useTranslations('fields');
  const [draft, setDraft] = useState<SetUpDraft>({
    ...(account
      ? storedFields(account)
      : { name: '', appId: '', tokenSource: 'stable', remoteTokenUrl: '', remoteTokenHeader: '' }),
    appSecret: undefined,
    remoteTokenValue: undefined,
  });

  const isSaved = account !== null;
  useEffect(() => {
    if (isSaved) sessionStorage.removeItem(STORAGE_KEY);
    else setDraft((before) => ({ ...before, ...readRemembered() }));
  }, [isSaved]);

  const change = (part: Partial<SetUpDraft>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      if (!isSaved) {
        const kept = Object.fromEntries(remembered.map((name) => [name, next[name]]));
        sessionStorage.setItem(STORAGE_KEY, JSON.stringify(kept));
      }
      return next;
    });

  /** Sentences for these fields of the draft, as the service would refuse it. */
  const errorsOf = (names: readonly string[]): Record<string, string> => {
    const parsed = createAccountSchema.safeParse(toCreateInput(draft, account), { reportInput: true });
    if (parsed.success) return {};
    const issues = toFieldIssues(parsed.error).filter(({ field }) => names.includes(field));
    return describeFields(fields, { code: 'VALIDATION_FAILED', details: { fields: issues } });
  };

  const missing = draft.name.trim() === '' || draft.appId.trim() === '';
  return { draft, change, errorsOf, missing };
}

function storedFields({ name, appId, tokenSource, remoteTokenUrl, remoteTokenHeader }: AccountDto) {
  return {
    name,
    appId,
    tokenSource,
    remoteTokenUrl: remoteTokenUrl ?? '',
    remoteTokenHeader: remoteTokenHeader ?? '',
  };
}

/** The draft as the service takes it. What is stored already counts as given. */
function toCreateInput(draft: SetUpDraft, account: AccountDto | null) {
  const stored = account?.hasAppSecret && draft.appSecret === undefined ? 'stored' : draft.appSecret;
  return { ...toUpdateInput(draft), ...(draft.tokenSource === 'remote' ? {} : { appSecret: stored }) };
}

export function toUpdateInput(draft: SetUpDraft) {
  const { name, appId, tokenSource, appSecret, remoteTokenUrl, remoteTokenHeader, remoteTokenValue } = draft;
  return {
    name,
    appId,
    tokenSource,
    ...(tokenSource === 'remote'
      ? {
          remoteTokenUrl: remoteTokenUrl || null,
          remoteTokenHeader: remoteTokenHeader || null,
          ...(remoteTokenValue === undefined ? {} : { remoteTokenValue }),
        }
      : appSecret === undefined
        ? {}
        : { appSecret }),
  };
}

function readRemembered(): Partial<SetUpDraft> {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? '{}');
    if (typeof kept !== 'object' || kept === null) return {};
    const entries = Object.entries(kept).filter(
      ([name, value]) => (remembered as readonly string[]).includes(name) && typeof value === 'string',
    );
    return Object.fromEntries(entries);
  } catch {
    return {};
  }
}
