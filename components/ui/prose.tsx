import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';

/** Long text: sets headings, paragraphs, numbered steps and tables inside it. */
export function Prose({ className, ...rest }: ComponentProps<'div'>) {
  return <div {...rest} className={classNames('prose', className)} />;
}
