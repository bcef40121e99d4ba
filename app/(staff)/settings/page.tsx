import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { changeEmail, changePassword, saveProfile } from '@/app/(staff)/settings/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import {
  ChangeEmailForm,
  ChangePasswordForm,
  ProfileForm,
} from '@/components/settings/own-account';
import { Section } from '@/components/settings/section';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/surface';
import { findStaffForPage } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: settings.title };

const PATH = '/settings';

/** Name, password and address, and the way out. */
export default async function SettingsPage() {
  const found = await findStaffForPage(PATH);
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { name, email, hasSecondFactor } = found.staff;
  const { heading, profile, password, email: address } = settings.you;
  const leaving = settings.deleteAccount;
  return (
    <div className="grid gap-9">
      <PageHeading lead={fill(profile.email, { email })}>{heading}</PageHeading>
      <Section id="profile-heading" heading={profile.heading}>
        <ProfileForm name={name} saveProfile={saveProfile} />
      </Section>
      <Section id="password-heading" heading={password.heading} lead={password.lead}>
        <ChangePasswordForm
          email={email}
          readOwnVault={readOwnVault}
          changePassword={changePassword}
        />
      </Section>
      <Section
        id="email-heading"
        heading={address.heading}
        lead={processContext().sendsMail ? address.lead : address.leadNoMail}
      >
        <ChangeEmailForm
          asksCode={hasSecondFactor}
          readOwnVault={readOwnVault}
          changeEmail={changeEmail}
        />
      </Section>
      <Section id="delete-heading" heading={leaving.heading} lead={leaving.sectionLead}>
        <div>
          <LinkButton href="/settings/delete">{leaving.open}</LinkButton>
        </div>
      </Section>
    </div>
  );
}
