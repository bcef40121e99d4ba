import { MarkedText } from '@/components/ui/marked-text';
import { Notice } from '@/components/ui/notice';
import { dashboard } from '@/messages/en/dashboard';
import { fill } from '@/messages/fill';

/** For owners: that the accounts key was lost, and what lets people in again. */
export function AccountsKeyNotice({ count }: { readonly count: number }) {
  const words = dashboard.accountsKeyLost;
  return (
    <Notice tone="warning" heading={words.heading}>
      <p>{fill(words.who, { count })}</p>
      <p>
        <MarkedText text={words.what} />
      </p>
    </Notice>
  );
}
