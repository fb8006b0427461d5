'use client';

import { FileSpreadsheet, Upload } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { cn } from '@/components/ui/class-names';
import { Field, useFieldControl } from '@/components/ui/field';
import { formatNumber } from '@/lib/i18n/format';
import { maxFileBytes } from '@/lib/tables/limits';

const MEBIBYTE = 1_048_576;

/** A file dropped here or chosen; the same one may be chosen again after it was mended. */
export function FileField({
  file,
  onFileChange,
  error,
  hint,
}: {
  file: File | null;
  onFileChange: (file: File) => void;
  error?: string;
  /** What a row is, where it is no code. */
  hint?: string;
}) {
  const t = useTranslations('batches.new');
  return (
    <Field
      label={t('file')}
      hint={hint ?? t('fileHint', { megabytes: maxFileBytes / MEBIBYTE })}
      error={error}
      required
    >
      <DropZone file={file} onFileChange={onFileChange} />
    </Field>
  );
}

function DropZone({ file, onFileChange }: { file: File | null; onFileChange: (file: File) => void }) {
  const t = useTranslations('batches.new');
  const locale = useLocale();
  const wiring = useFieldControl();
  const [isOver, setIsOver] = useState(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way to what the input inside does
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        const [dropped] = event.dataTransfer.files;
        if (dropped) onFileChange(dropped);
      }}
      className={cn(
        'relative grid min-h-36 place-items-center rounded-md border border-dashed border-line-strong bg-surface p-4 text-center transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:border-ink',
        isOver && 'border-accent bg-accent-soft',
        wiring['aria-invalid'] && 'border-red',
      )}
    >
      <div>
        {file ? (
          <>
            <FileSpreadsheet aria-hidden className="mx-auto mb-2 size-6 text-accent" />
            <p className="font-semibold wrap-anywhere">{file.name}</p>
            <p className="text-sm text-muted">
              {t('fileSize', { kilobytes: formatNumber(Math.max(1, file.size / 1024), locale) })} ·{' '}
              <span className="text-accent underline underline-offset-3">{t('chooseAnother')}</span>
            </p>
          </>
        ) : (
          <>
            <Upload aria-hidden className="mx-auto mb-2 size-6 text-muted" />
            <p>
              {t('drop')} <span className="text-accent underline underline-offset-3">{t('chooseFile')}</span>
            </p>
          </>
        )}
      </div>
      <input
        {...wiring}
        type="file"
        accept=".csv,.tsv,.txt,text/csv,text/plain"
        className="absolute inset-0 cursor-pointer opacity-0"
        // Or choosing a file of the same name again would change nothing.
        onClick={(event) => {
          event.currentTarget.value = '';
        }}
        onChange={(event) => {
          const [chosen] = event.currentTarget.files ?? [];
          if (chosen) onFileChange(chosen);
        }}
      />
    </div>
  );
}
