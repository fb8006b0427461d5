import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { mayManage } from '@/lib/people/types';
import { getQuotaCounts } from '@/lib/quota/get-quota';
import { getQuotaRules } from '@/lib/quota/quota-rules';
import { pageAccount } from '../../page-account';
import { QuotaNav } from '../_components/quota-nav';
import { CorrectionForm } from './_components/correction-form';
import { RulesForm } from './_components/rules-form';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('quotaRules.rules'))('title') };
}

export default async function RulesPage() {
  const { ctx, account } = await pageAccount();
  const t = await getTranslations('quotaRules.rules');
  const [rules, counts] = await Promise.all([
    getQuotaRules(ctx, account.id),
    getQuotaCounts(ctx, account.id),
  ]);
  const manages = mayManage(ctx.actor);
  return (
    <>
      <PageHeader title={t('title')} text={t('text')} />
      <QuotaNav />
      <div className="grid gap-6">
        {manages ? null : <Notice>{t('adminOnly')}</Notice>}
        <Card title={t('form.title')}>
          <RulesForm accountId={account.id} rules={rules} cap={account.permanentCap} mayChange={manages} />
        </Card>
        <Card id="unlisted" title={t('unlisted.title')} text={t('unlisted.text')}>
          <CorrectionForm
            accountId={account.id}
            rules={rules}
            counts={counts}
            timeZone={account.timeZone}
            mayChange={manages}
          />
        </Card>
      </div>
    </>
  );
}
