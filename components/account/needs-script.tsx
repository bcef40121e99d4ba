import { Notice } from '@/components/ui/notice';
import { account } from '@/messages/en/account';

/** Stands where a vault or a password is asked for, for a browser that runs no script. */
export function NeedsScript() {
  return (
    <noscript>
      <Notice tone="warning" heading={account.needsScript.heading}>
        <p>{account.needsScript.text}</p>
      </Notice>
    </noscript>
  );
}
