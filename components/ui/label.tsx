import type { ComponentProps } from 'react';
import { cn } from './class-names';

export function Label({
  className,
  htmlFor,
  children,
  ...rest
}: ComponentProps<'label'> & { htmlFor: string }) {
  return (
    <label htmlFor={htmlFor} className={cn('text-sm font-semibold', className)} {...rest}>
      {children}
    </label>
  );
}
