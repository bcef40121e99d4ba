'use client';

import { useEffect, useRef, useState } from 'react';
import { PageHeading, type PageHeadingProps } from '@/components/ui/surface';

export interface ArrivingHeadingProps extends PageHeadingProps {
  /** True where a script changed the page under the reader: then the heading takes the focus. */
  readonly arrives: boolean;
}

/** The heading of a page that may appear in place of another one, announced by taking focus. */
export function ArrivingHeading({ arrives, ...rest }: ArrivingHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Only how it came here counts: later changes of the same page must not take the focus.
  const [hasArrived] = useState(arrives);
  useEffect(() => {
    if (!hasArrived) return;
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [hasArrived]);
  return <PageHeading {...rest} ref={heading} />;
}
