import { CopyButton } from '@/components/ui/copy-button';

/** Lines for a developer to copy. */
export function CodeSample({ title, code }: { title: string; code: string }) {
  return (
    <div className="min-w-0">
      <p className="mb-1.5 flex items-center justify-between gap-2 font-semibold">
        {title}
        <CopyButton value={code} what={title} />
      </p>
      <pre className="rounded-md bg-sunken p-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">
        {code}
      </pre>
    </div>
  );
}
