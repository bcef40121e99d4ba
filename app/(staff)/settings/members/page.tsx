import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import {
  askToHandOver,
  changeRole,
  inviteMember,
  makeRecoveryLink,
  removeMember,
  resetSecondFactor,
  revokeInvitation,
} from '@/app/(staff)/settings/members/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { InvitationList, InviteForm } from '@/components/settings/invitations';
import { MemberList } from '@/components/settings/members';
import { Section } from '@/components/settings/section';
import { PageHeading } from '@/components/ui/surface';
import { listInvitations } from '@/lib/accounts/invitations';
import { listMembers } from '@/lib/accounts/members';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.members.heading };

const PATH = '/settings/members';

/** For owners: who has an account, and who is invited. */
export default async function MembersPage() {
  const found = await readForStaff(PATH, 'owner', () => {
    const { database } = processContext();
    return Promise.all([listMembers(database), listInvitations(database)]);
  });
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const [members, invitations] = found.value;
  const hasMail = processContext().sendsMail;
  return (
    <div className="grid gap-9">
      <PageHeading>{settings.members.heading}</PageHeading>
      <Section id="invite-heading" heading={settings.invitations.heading}>
        <InviteForm
          asksCode={found.staff.hasSecondFactor}
          hasMail={hasMail}
          readOwnVault={readOwnVault}
          inviteMember={inviteMember}
        />
      </Section>
      <Section id="invitations-heading" heading={settings.invitations.listHeading}>
        <InvitationList invitations={invitations} revokeInvitation={revokeInvitation} />
      </Section>
      <Section id="members-heading" heading={settings.members.listHeading}>
        <MemberList
          members={members}
          staff={found.staff}
          hasMail={hasMail}
          actions={{
            readOwnVault,
            changeRole,
            removeMember,
            makeRecoveryLink,
            resetSecondFactor,
            askToHandOver,
          }}
        />
      </Section>
    </div>
  );
}
