'use client';

import { useTranslations } from 'next-intl';
import { Field } from '@/components/ui/field';
import { TagPicker } from './tag-picker';

/** The tags of what a form makes. */
export function TagsField({
  value,
  onValueChange,
  known,
  hint,
  error,
}: {
  value: readonly string[];
  onValueChange: (names: string[]) => void;
  known: readonly { id: string; name: string }[];
  hint: string;
  error?: string;
}) {
  const t = useTranslations('tags.field');
  return (
    <Field label={t('label')} hint={hint} error={error} group optional>
      <TagPicker
        names={value}
        known={known}
        onAdd={(name) => onValueChange([...value, name])}
        onRemove={(name) => onValueChange(value.filter((each) => each !== name))}
      />
    </Field>
  );
}
