import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { changeRecoveryCode } from '@/app/(staff)/settings/security/recovery-code/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { RecoveryCodeForm } from '@/components/settings/recovery-code-form';
import { findStaffForPage } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.recoveryCode.title };

const PATH = '/settings/security/recovery-code';

export default async function RecoveryCodePage() {
  const found = await findStaffForPage(PATH);
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  return (
    <RecoveryCodeForm
      email={found.staff.email}
      readOwnVault={readOwnVault}
      changeRecoveryCode={changeRecoveryCode}
    />
  );
}
