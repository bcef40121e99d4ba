import { Notice } from '@/components/ui/notice';
import { account } from '@/messages/en/account';

/** Stands in `<noscript>` where a vault or a password is asked for. */
export function NeedsScript() {
  return (
    <Notice tone="warning" heading={account.needsScript.heading}>
      <p>{account.needsScript.text}</p>
    </Notice>
  );
}
