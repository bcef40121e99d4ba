import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { changePassword, saveProfile } from '@/app/(staff)/settings/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { ChangePasswordForm } from '@/components/settings/change-password-form';
import { ProfileForm } from '@/components/settings/profile-form';
import { Section } from '@/components/settings/section';
import { PageHeading } from '@/components/ui/page-heading';
import { findStaffForPage } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: settings.title };

const PATH = '/settings';

/** Name and password. */
export default async function SettingsPage() {
  const found = await findStaffForPage(PATH);
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { name, email } = found.staff;
  const { heading, profile, password } = settings.you;
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
    </div>
  );
}
