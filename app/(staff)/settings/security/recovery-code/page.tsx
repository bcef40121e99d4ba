import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import { changeRecoveryCode } from '@/app/(staff)/settings/security/recovery-code/actions';
import { RecoveryCodeForm } from '@/components/settings/recovery-code-form';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.recoveryCode.title };

export default async function RecoveryCodePage() {
  const { email } = await requireStaff('/settings/security/recovery-code');
  return (
    <RecoveryCodeForm
      email={email}
      readOwnVault={readOwnVault}
      changeRecoveryCode={changeRecoveryCode}
    />
  );
}
