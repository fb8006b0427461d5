import { useTranslations } from 'next-intl';
import type { CodeErrorDto } from '@/lib/codes/types';
import { describeWeChatError } from '@/lib/i18n/describe-wechat-error';
import type { Messages } from '@/lib/i18n/load-messages';
import { toFailure } from '../../_components/to-failure';

const path = '/cgi-bin/tags/members/batchtagging';

/** What a refused tag means, and what to do about it: in this page's own words where it has some. */
export function useRemedy(): (error: CodeErrorDto) => { what: string; remedy: string } {
  const t = useTranslations('tags');
  const wechat = useTranslations('wechat');
  return (error) => {
    if (error.kind === 'unexpected') return { what: '', remedy: t('failures.unexpected') };
    const described = describeWeChatError(wechat, toFailure(error, path));
    const own = `remedies.${error.errcode}` as `remedies.${keyof Messages['tags']['remedies']}`;
    return t.has(own) ? { ...described, remedy: t(own) } : described;
  };
}
