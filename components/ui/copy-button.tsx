'use client';

import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from './button';
import { notifyError } from './toast';
import { Tooltip } from './tooltip';

/** @param what  names the thing copied: "url", "ticket" */
export function CopyButton({
  value,
  what,
  showLabel = false,
  className,
}: {
  value: string;
  what: string;
  showLabel?: boolean;
  className?: string;
}) {
  const t = useTranslations('common');
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    if (await copyText(value)) setCopied(true);
    else notifyError(t('copyFailed'));
  };

  const icon = copied ? <Check aria-hidden className="text-accent" /> : <Copy aria-hidden />;
  const text = copied ? t('copied') : t('copyNamed', { what });
  const button = (
    <Button
      variant={showLabel ? 'secondary' : 'quiet'}
      size={showLabel ? 'sm' : 'icon'}
      className={className}
      aria-label={showLabel ? undefined : t('copyNamed', { what })}
      onClick={copy}
    >
      {icon}
      {showLabel ? text : null}
    </Button>
  );
  return (
    <>
      {showLabel ? button : <Tooltip text={text}>{button}</Tooltip>}
      <span role="status" className="sr-only">
        {copied ? t('copied') : ''}
      </span>
    </>
  );
}

async function copyText(value: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(value);
    return true;
  } catch {
    // Plain http on a company network has no clipboard; the old way still works there.
    const area = document.createElement('textarea');
    area.value = value;
    area.className = 'sr-only';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}
