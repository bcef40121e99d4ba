'use client';

import { Fragment, type ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { useHydrated } from '@/components/ui/script-only';
import { formatInstant } from '@/lib/format-instant';

export interface TimeStampProps extends Omit<ComponentProps<'time'>, 'dateTime' | 'children'> {
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** BCP 47; British order of day, month and year unless said otherwise. */
  readonly locale?: string | undefined;
}

/** An instant: in UTC as the server prints it, in the reader's own zone once a script runs. */
export function TimeStamp({ at, locale = 'en-GB', className, ...rest }: TimeStampProps) {
  const inBrowser = useHydrated();
  return (
    <time {...rest} dateTime={at} className={classNames('time-stamp', className)}>
      {formatInstant(new Date(at), locale, inBrowser ? undefined : 'UTC')}
    </time>
  );
}

export interface WithTimeProps {
  /** A sentence with the placeholder `{when}`. */
  readonly sentence: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** A sentence with a time in it, which each reader sees in their own zone. */
export function WithTime({ sentence, at }: WithTimeProps) {
  return sentence.split('{when}').map((part, index) => (
    <Fragment key={index}>
      {index > 0 && <TimeStamp at={at} />}
      {part}
    </Fragment>
  ));
}
