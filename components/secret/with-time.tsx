import { Fragment } from 'react';
import { TimeStamp } from '@/components/ui/time-stamp';

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
