import { redirect } from 'next/navigation';
import { mayManage } from '@/lib/people/types';
import { pageContext } from '@/lib/web/page-context';

export default async function SettingsPage() {
  const { actor } = await pageContext();
  redirect(mayManage(actor) ? '/settings/accounts' : '/settings/profile');
}
