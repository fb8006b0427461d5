import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import AuthLayout from '../(auth)/layout';

/** What a stranger was sent is for no search engine. */
export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function ShareLayout({ children }: { children: ReactNode }) {
  return <AuthLayout>{children}</AuthLayout>;
}
