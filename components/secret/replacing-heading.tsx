'use client';

import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { useHydrated } from '@/components/secret/use-hydrated';
import type { PageHeadingProps } from '@/components/ui/page-heading';

/**
 * The heading of a page that a script may put in place of another one: then it takes the focus, which
 * would be lost with what was pressed. On a page that came from the server it leaves it alone.
 */
export function ReplacingHeading(props: PageHeadingProps) {
  const isHydrated = useHydrated();
  return <ArrivingHeading {...props} arrives={isHydrated} />;
}
