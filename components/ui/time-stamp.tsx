'use client';

import { useSyncExternalStore, type ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { formatInstant } from '@/lib/format-instant';

export interface TimeStampProps extends Omit<ComponentProps<'time'>, 'dateTime' | 'children'> {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** BCP 47; British order of day, month and year unless said otherwise. */
  readonly locale?: string | undefined;
}

const neverChanges = () => () => undefined;

/** An instant: in UTC as the server prints it, in the reader's own zone once a script runs. */
export function TimeStamp({ at, locale = 'en-GB', className, ...rest }: TimeStampProps) {
  const inBrowser = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  return (
    <time {...rest} dateTime={at} className={classNames('time-stamp', className)}>
      {formatInstant(new Date(at), locale, inBrowser ? undefined : 'UTC')}
    </time>
  );
}
