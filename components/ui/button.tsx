import type { ComponentProps, ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

export type ButtonVariant = 'primary' | 'quiet' | 'plain' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` once a page; `quiet` outlined; `plain` looks like a link; `danger` for what can't be undone. */
  readonly variant?: ButtonVariant | undefined;
  /** The work it started is under way: it says so and takes no second press. */
  readonly pending?: boolean | undefined;
  /** What it says meanwhile; `children` if not given. */
  readonly pendingText?: ReactNode;
  /** As wide as its container. */
  readonly wide?: boolean | undefined;
}

/**
 * A button of at least 44 by 44 px.
 *
 * While pending it is not `disabled`, which would drop the keyboard focus;
 * it stops being a submit button instead, so that a second press does nothing.
 */
export function Button({
  variant = 'quiet',
  pending = false,
  pendingText,
  wide = false,
  type = 'button',
  className,
  onClick,
  children,
  'aria-disabled': isDisabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={pending ? 'button' : type}
      onClick={pending ? undefined : onClick}
      aria-disabled={pending ? true : isDisabled}
      className={classNames('button', `button-${variant}`, wide && 'button-wide', className)}
    >
      {pending && pendingText !== undefined ? pendingText : children}
    </button>
  );
}

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
