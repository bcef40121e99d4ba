import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/app/(staff)/settings/security/second-factor/actions';
import { SecondFactorChange } from '@/components/settings/second-factor-change';
import { SecondFactorSetup } from '@/components/settings/second-factor-setup';
import { requireStaff } from '@/lib/server/accounts/current-staff';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.secondFactor.title };

export default async function SecondFactorPage() {
  const { email, hasSecondFactor } = await requireStaff('/settings/security/second-factor');
  return hasSecondFactor ? (
    <SecondFactorChange
      email={email}
      readOwnVault={readOwnVault}
      renewSecondFactorCodes={renewSecondFactorCodes}
      turnOffSecondFactor={turnOffSecondFactor}
    />
  ) : (
    <SecondFactorSetup
      email={email}
      readOwnVault={readOwnVault}
      startSecondFactor={startSecondFactor}
      confirmSecondFactor={confirmSecondFactor}
    />
  );
}
