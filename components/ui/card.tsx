import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface CardProps extends ComponentProps<'div'> {
  readonly as?: 'div' | 'section' | 'article' | undefined;
}

/** A sheet of paper: one hairline around generous margins. A section needs `aria-labelledby`. */
export function Card({ as: Element = 'div', className, ...rest }: CardProps) {
  return <Element {...rest} className={classNames('card', className)} />;
}
