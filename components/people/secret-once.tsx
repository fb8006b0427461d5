'use client';

import { CopyButton } from '@/components/ui/copy-button';
import { useFieldControl } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

/** A link or a key that is shown this once: the whole of it to select, and a button to copy it. */
export function SecretOnce({ value, what }: { value: string; what: string }) {
  return (
    <div className="flex min-w-0 flex-wrap gap-2 sm:flex-nowrap">
      <SelectedInput value={value} />
      <CopyButton value={value} what={what} showLabel className="h-10 sm:h-9" />
    </div>
  );
}

function SelectedInput({ value }: { value: string }) {
  const wiring = useFieldControl();
  return (
    <Input
      {...wiring}
      readOnly
      value={value}
      className="font-mono text-sm"
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
