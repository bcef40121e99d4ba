import { CalmPage } from '@/components/site/calm-page';
import { RefusedPage } from '@/components/site/refused-page';
import { LinkButton } from '@/components/ui/button';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

export interface StaffPageRefusedProps {
  readonly refusal: RefusalCode;
  /** Where the page is, for another try. */
  readonly path: string;
}

/** Instead of a page of staff that is not to be seen: by this person, or just now. */
export function StaffPageRefused({ refusal, path }: StaffPageRefusedProps) {
  const { ownersOnly, notNow } = account;
  return refusal === 'not_allowed' ? (
    <CalmPage
      heading={ownersOnly.heading}
      actions={<LinkButton href="/settings">{ownersOnly.back}</LinkButton>}
    >
      <p>{ownersOnly.text}</p>
    </CalmPage>
  ) : (
    <RefusedPage
      refusal={refusal}
      heading={notNow.heading}
      actions={<LinkButton href={path}>{notNow.retry}</LinkButton>}
    />
  );
}
