import type { ComponentProps } from 'react';
import type { ButtonVariant } from '@/components/ui/button';
import { classNames } from '@/components/ui/class-names';

export interface LinkButtonProps extends ComponentProps<'a'> {
  readonly href: string;
  readonly variant?: ButtonVariant | undefined;
  readonly wide?: boolean | undefined;
}

/**
 * A link that looks like a button.
 *
 * A plain `<a>`, not the framework's link: a whole new page asks before an
 * unsaved secret is left, and takes an opened one out of memory.
 */
export function LinkButton({
  variant = 'quiet',
  wide = false,
  className,
  ...rest
}: LinkButtonProps) {
  return (
    <a
      {...rest}
      className={classNames('button', `button-${variant}`, wide && 'button-wide', className)}
    />
  );
}
