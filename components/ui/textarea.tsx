'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { useFieldControl } from './field';
import { controlClasses } from './input';

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  const wiring = useFieldControl(rest);
  return <textarea rows={3} {...rest} {...wiring} className={cn(controlClasses, 'py-2', className)} />;
}
