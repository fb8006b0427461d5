'use client';

import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createContext, type ReactNode, useContext, useId } from 'react';
import { cn } from './class-names';
import { Label } from './label';

type FieldWiring = {
  controlId: string;
  labelId: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
};

const FieldContext = createContext<FieldWiring | null>(null);

type ControlProps = {
  id?: string;
  required?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling';
};

/** For a control inside a {@link Field}: the id and aria attributes that tie it to label, hint and error. */
export function useFieldControl(own: ControlProps = {}) {
  const field = useContext(FieldContext);
  return {
    id: own.id ?? field?.controlId,
    'aria-describedby': [own['aria-describedby'], field?.describedBy].filter(Boolean).join(' ') || undefined,
    'aria-invalid': own['aria-invalid'] ?? (field?.invalid || undefined),
    'aria-required': own.required ?? (field?.required || undefined),
  };
}

/** For a group of controls (radio cards): named by the field's label instead of pointed at by it. */
export function useFieldGroup() {
  const field = useContext(FieldContext);
  return {
    'aria-labelledby': field?.labelId,
    'aria-describedby': field?.describedBy,
    'aria-invalid': field?.invalid || undefined,
    'aria-required': field?.required || undefined,
  };
}

/**
 * A label, what is wrong or what helps, and one control between them.
 *
 * Controls of this folder find their wiring by themselves; another one takes it from `useFieldControl`.
 */
export function Field({
  label,
  hint,
  error,
  required = false,
  optional = false,
  group = false,
  className,
  children,
}: {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean;
  /** Says so beside the label; what is required is not marked, since most is. */
  optional?: boolean;
  /** The child is a set of controls, so the label names it rather than pointing at one of them. */
  group?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const t = useTranslations('common');
  const id = useId();
  const wiring: FieldWiring = {
    controlId: `${id}control`,
    labelId: `${id}label`,
    describedBy: [error ? `${id}error` : '', hint ? `${id}hint` : ''].filter(Boolean).join(' ') || undefined,
    invalid: Boolean(error),
    required,
  };
  const labelText = (
    <>
      {label}
      {optional ? <span className="ml-1.5 font-normal text-muted">{t('optional')}</span> : null}
    </>
  );
  return (
    <FieldContext value={wiring}>
      <div className={cn('flex min-w-0 flex-col gap-1.5', className)} data-invalid={error ? '' : undefined}>
        {group ? (
          <span id={wiring.labelId} className="text-sm font-semibold">
            {labelText}
          </span>
        ) : (
          <Label id={wiring.labelId} htmlFor={wiring.controlId}>
            {labelText}
          </Label>
        )}
        {children}
        {error ? (
          <p id={`${id}error`} role="alert" className="flex gap-1.5 text-sm text-red">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            <span>{error}</span>
          </p>
        ) : null}
        {hint ? (
          <p id={`${id}hint`} className="text-sm text-pretty text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}
