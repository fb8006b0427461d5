'use client';

import { ImageUp } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type DragEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/class-names';
import { Notice } from '@/components/ui/notice';
import { posterBounds, posterContentTypes } from '@/lib/posters/poster-bounds';

const MEGABYTE = 1_048_576;

/** The finished poster, dropped or chosen; the server judges it and the next page asks where the code goes. */
export function UploadPoster({ accountId }: { accountId: string }) {
  const t = useTranslations('posters');
  const print = useTranslations('print');
  const locale = useLocale();
  const router = useRouter();
  const inputRef = useRef<HTMLInputElement>(null);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const mb = posterBounds.maxBytes / MEGABYTE;

  const take = async (file: File | undefined) => {
    if (!file || pending) return;
    setFailure(null);
    if (file.size > posterBounds.maxBytes) {
      setFailure(t('tooManyBytes', { mb }));
      return;
    }
    setPending(true);
    const name = file.name.replace(/\.[^.]*$/, '').slice(0, 100) || t('title');
    const response = await fetch(`/api/posters?${new URLSearchParams({ accountId, name })}`, {
      method: 'POST',
      body: file,
      headers: { 'accept-language': locale, 'content-type': 'application/octet-stream' },
    }).catch(() => null);
    const answer: { id?: string; detail?: string; fields?: { message: string }[] } = await response
      ?.json()
      .catch(() => ({}));
    setPending(false);
    if (response?.ok && answer.id) router.push(`/print/posters/${answer.id}`);
    else setFailure(answer?.fields?.[0]?.message ?? answer?.detail ?? print('unreachable'));
  };

  return (
    <div className="mb-6 grid gap-3">
      <section
        aria-label={t('choose')}
        onDragOver={(event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event: DragEvent) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
        className={cn(
          'flex flex-wrap items-center gap-4 rounded-lg border border-dashed border-line-strong p-6',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <input
          ref={inputRef}
          type="file"
          accept={posterContentTypes.join(',')}
          className="sr-only"
          tabIndex={-1}
          aria-hidden
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
        <Button pending={pending} onClick={() => inputRef.current?.click()}>
          <ImageUp aria-hidden />
          {t('choose')}
        </Button>
        <p className="text-sm text-muted">{t('drop', { mb })}</p>
      </section>
      {failure ? <Notice tone="warning">{failure}</Notice> : null}
    </div>
  );
}
