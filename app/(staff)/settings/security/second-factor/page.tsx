import type { Metadata } from 'next';
import { readOwnVault } from '@/app/(account)/actions';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/app/(staff)/settings/security/second-factor/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { SecondFactorChange, SecondFactorSetup } from '@/components/settings/second-factor';
import { findStaffForPage } from '@/lib/server/accounts/staff-page';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.secondFactor.title };

const PATH = '/settings/security/second-factor';

export default async function SecondFactorPage() {
  const found = await findStaffForPage(PATH);
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const { accountId, email, hasSecondFactor } = found.staff;
  return hasSecondFactor ? (
    <SecondFactorChange
      accountId={accountId}
      email={email}
      readOwnVault={readOwnVault}
      renewSecondFactorCodes={renewSecondFactorCodes}
      turnOffSecondFactor={turnOffSecondFactor}
    />
  ) : (
    <SecondFactorSetup
      accountId={accountId}
      email={email}
      readOwnVault={readOwnVault}
      startSecondFactor={startSecondFactor}
      confirmSecondFactor={confirmSecondFactor}
    />
  );
}
