import type { Metadata } from 'next';
import { acceptInvitation, readOwnVault } from '@/app/(account)/actions';
import { SignUpForm } from '@/components/account/sign-up-form';
import { CalmPage } from '@/components/site/calm-page';
import { hashOpaqueToken } from '@/lib/accounts/opaque-token';
import { brand } from '@/lib/brand';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';
import { account } from '@/messages/en/account';
import { refusals } from '@/messages/en/errors';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: account.signUp.title };

interface InvitationPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** Showing it uses nothing up: a mail scanner may look. */
export default async function InvitationPage({ params }: InvitationPageProps) {
  const { token } = await params;
  const words = account.signUp;
  const found = await readForPage('invitation page', async () => {
    const hash = await hashOpaqueToken(token);
    return hash === null ? null : accountDesk().store.findInvitation(hash);
  });
  if ('refusal' in found) {
    return <CalmPage heading={words.title}>{refusals[found.refusal]}</CalmPage>;
  }
  if (found.value === null) {
    answerWith(404);
    return (
      <CalmPage heading={words.unknown.heading}>
        <p>{words.unknown.text}</p>
      </CalmPage>
    );
  }
  const { email, inviterName } = found.value;
  const lead =
    inviterName === null
      ? fill(words.invitedLeadNobody, { email })
      : fill(words.invitedLead, { inviter: inviterName, email });
  return (
    <SignUpForm
      heading={fill(words.invitedHeading, { brand: brand.name })}
      lead={lead}
      actions={{ signUp: acceptInvitation, readOwnVault }}
      invitation={{ token, email }}
    />
  );
}
