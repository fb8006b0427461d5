import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

export const buttonClasses = cva(
  'inline-flex shrink-0 items-center justify-center gap-2 rounded-md font-semibold whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover',
        quiet: 'text-ink hover:bg-hover',
        danger: 'bg-red text-on-red hover:bg-red-hover',
        link: 'h-auto px-0 text-accent underline underline-offset-3 hover:text-accent-hover',
      },
      size: {
        md: 'h-10 px-4 text-base sm:h-9 sm:px-3.5',
        sm: 'h-9 px-3 text-sm sm:h-8 sm:px-2.5',
        icon: 'size-10 sm:size-9',
      },
    },
    compoundVariants: [{ variant: 'link', class: 'h-auto px-0 sm:h-auto sm:px-0' }],
    defaultVariants: { variant: 'primary', size: 'md' },
  },
);

export type ButtonProps = ComponentProps<'button'> &
  VariantProps<typeof buttonClasses> & {
    /** Puts the looks on the one child instead, a link for instance. */
    asChild?: boolean;
    /** Shows that the work runs and takes no second click; the width stays. */
    pending?: boolean;
  };

export function Button({ className, variant, size, asChild, pending, children, ...rest }: ButtonProps) {
  const classes = cn(buttonClasses({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={cn(classes, pending && 'relative')}
      aria-busy={pending || undefined}
      {...rest}
      disabled={rest.disabled || pending}
    >
      {pending ? (
        <>
          <span className="inline-flex items-center gap-2 opacity-0">{children}</span>
          <LoaderCircle aria-hidden className="absolute animate-spin motion-reduce:animate-none" />
        </>
      ) : (
        children
      )}
    </button>
  );
}
