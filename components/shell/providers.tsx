'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ThemeProvider } from 'next-themes';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { Toaster } from '@/components/ui/toast';

declare global {
  var __webpack_nonce__: string | undefined;
}

/**
 * What every page stands in: theme, queries, state in the URL, tooltips, toasts.
 *
 * @param nonce  of this document's Content-Security-Policy; only the first one counts, since the document keeps it
 */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [queryClient] = useState(
    () => new QueryClient({ defaultOptions: { queries: { staleTime: 10_000, retry: 1 } } }),
  );

  const documentNonce = documentNonceOf(nonce);

  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      nonce={documentNonce}
    >
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          <Tooltip.Provider delayDuration={400} skipDelayDuration={200}>
            {children}
          </Tooltip.Provider>
        </NuqsAdapter>
      </QueryClientProvider>
      <Toaster />
    </ThemeProvider>
  );
}

/**
 * The nonce that this document accepts: the first one. A server action renders the layout again, with the nonce of its own
 * request, which this document would refuse.
 */
function documentNonceOf(nonce: string | undefined): string | undefined {
  if (typeof window === 'undefined') return nonce;
  // Under this name Radix looks for it too, when it locks scrolling under a dialog with a <style>.
  globalThis.__webpack_nonce__ ??= nonce;
  return globalThis.__webpack_nonce__;
}
