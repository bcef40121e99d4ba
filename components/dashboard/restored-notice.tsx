import { MarkedText } from '@/components/ui/marked-text';
import { Notice } from '@/components/ui/notice';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

/** For owners: that a restored database keeps things closed, and what decides about them. */
export function RestoredNotice({ count }: { readonly count: number }) {
  const words = dashboard.restored;
  return (
    <Notice tone="warning" heading={words.heading}>
      <p>{fill(words.waiting, { count: String(count) })}</p>
      <p>{words.why}</p>
      <p>
        <MarkedText text={words.decide} />
      </p>
    </Notice>
  );
}
