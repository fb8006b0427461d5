'use client';

import { ErrorPanel } from '@/components/shell/error-panel';

/** Stands inside the frame: one page failed, the others have not. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <ErrorPanel error={error} retry={retry} />;
}
