import type { ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';

export interface LiveRegionProps extends ComponentProps<'div'> {
  /** `polite` waits for a pause; `assertive` interrupts, for what the person must know at once. */
  readonly politeness?: 'polite' | 'assertive' | undefined;
  /** Announced only. Otherwise its text is shown too. */
  readonly hidden?: boolean | undefined;
}

/** Announces what is put into it later. Render it empty first: a region born full is not read. */
export function LiveRegion({
  politeness = 'polite',
  hidden = false,
  className,
  ...rest
}: LiveRegionProps) {
  return (
    <div
      {...rest}
      role={politeness === 'polite' ? 'status' : 'alert'}
      aria-live={politeness}
      className={classNames(hidden && 'visually-hidden', className)}
    />
  );
}
