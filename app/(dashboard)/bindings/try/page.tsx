import { redirect } from 'next/navigation';
import { pageContext } from '@/lib/web/page-context';

/** A short address to tell developers; the page itself is among the settings. */
export default async function TryBindingPage() {
  await pageContext('marketer');
  redirect('/settings/bindings');
}
