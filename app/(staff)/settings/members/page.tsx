import type { Metadata } from 'next';
import {
  changeRole,
  inviteMember,
  makeRecoveryLink,
  removeMember,
  revokeInvitation,
} from '@/app/(staff)/settings/members/actions';
import { InvitationList } from '@/components/settings/invitation-list';
import { InviteForm } from '@/components/settings/invite-form';
import { MemberList } from '@/components/settings/member-list';
import { OwnersOnly } from '@/components/settings/owners-only';
import { Section } from '@/components/settings/section';
import { PageHeading } from '@/components/ui/page-heading';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { findOwner } from '@/lib/server/accounts/find-owner';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.members.heading };

/** For owners: who has an account, and who is invited. */
export default async function MembersPage() {
  const owner = await findOwner('/settings/members');
  if (owner === null) return <OwnersOnly />;
  const store = accountDesk().members;
  const [members, invitations] = await Promise.all([store.listMembers(), store.listInvitations()]);
  return (
    <div className="grid gap-9">
      <PageHeading>{settings.members.heading}</PageHeading>
      <Section id="invite-heading" heading={settings.invitations.heading}>
        <InviteForm inviteMember={inviteMember} />
      </Section>
      <Section id="invitations-heading" heading={settings.invitations.listHeading}>
        <InvitationList invitations={invitations} revokeInvitation={revokeInvitation} />
      </Section>
      <Section id="members-heading" heading={settings.members.listHeading}>
        <MemberList
          members={members}
          ownId={owner.accountId}
          actions={{ changeRole, removeMember, makeRecoveryLink }}
        />
      </Section>
    </div>
  );
}
