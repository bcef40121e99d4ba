import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';
import { refusals } from '@/messages/en/errors';

export interface StaffPageRefusedProps {
  readonly refusal: RefusalCode;
  /** Where the page is, for another try. */
  readonly path: string;
}

/** Instead of a page of staff that is not to be seen: by this person, or just now. */
export function StaffPageRefused({ refusal, path }: StaffPageRefusedProps) {
  const { ownersOnly, notNow } = account;
  const isForOwners = refusal === 'not_allowed';
  const { heading } = isForOwners ? ownersOnly : notNow;
  const onward = isForOwners ? (
    <LinkButton href="/settings">{ownersOnly.back}</LinkButton>
  ) : (
    <LinkButton href={path}>{notNow.retry}</LinkButton>
  );
  return (
    <CalmPage heading={heading} actions={onward}>
      <p>{isForOwners ? ownersOnly.text : refusals[refusal]}</p>
    </CalmPage>
  );
}
