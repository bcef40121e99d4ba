import { TimeStamp } from '@/components/ui/time-stamp';
import type { FailedTriesView } from '@/lib/accounts/views';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

/** How often somebody did not get in. */
export function FailedTries({ failed }: { readonly failed: FailedTriesView | null }) {
  const words = settings.security.failed;
  if (failed === null) return <p>{words.none}</p>;
  const { count, since } = failed;
  return (
    <p>
      {count === 1 ? words.one : fill(words.many, { count })} <TimeStamp at={since} />.
    </p>
  );
}
