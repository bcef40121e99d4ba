import type { Metadata } from 'next';
import { acceptInvitation, readOwnVault } from '@/app/(account)/actions';
import { tokenPage, type TokenPageProps } from '@/app/(account)/token-page';
import { SignUpForm } from '@/components/account/sign-up-form';
import { lookAtInvitation } from '@/lib/accounts/invitations';
import { brand } from '@/lib/brand';
import { account } from '@/messages/en/account';
import { fill } from '@/messages/fill';

const words = account.signUp;

export const metadata: Metadata = { title: words.title };

export default async function InvitationPage(props: TokenPageProps) {
  return tokenPage(props, {
    at: 'invitation page',
    words,
    look: lookAtInvitation,
    show(token, invitation, unknown) {
      if (invitation === null) return unknown;
      const { email, inviterName } = invitation;
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
    },
  });
}
