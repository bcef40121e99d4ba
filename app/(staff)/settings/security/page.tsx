import type { Metadata } from 'next';
import { lockOwnVault } from '@/app/(account)/actions';
import {
  endOtherSessions,
  endSession,
  saveVaultLock,
} from '@/app/(staff)/settings/security/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { FailedTries, SessionList } from '@/components/settings/sign-ins';
import { Section } from '@/components/settings/section';
import { VaultSettings } from '@/components/settings/vault-settings';
import { LinkButton } from '@/components/ui/button';
import { PageHeading } from '@/components/ui/surface';
import { findFailedTries } from '@/lib/accounts/guesses';
import { countCodes } from '@/lib/accounts/second-factor-setup';
import { listSessions } from '@/lib/accounts/sessions';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { processContext } from '@/lib/server/context';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: settings.security.heading };

const PATH = '/settings/security';

/** Second factor, vault, where one is signed in, and what failed. */
export default async function SecurityPage() {
  const found = await readForStaff(PATH, 'member', ({ accountId }) => {
    const context = processContext();
    return Promise.all([
      listSessions(context.database, accountId),
      countCodes(context.database, accountId),
      findFailedTries(context, accountId),
    ]);
  });
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  const [sessions, codesLeft, failed] = found.value;
  const { accountId, hasSecondFactor, vaultLockMinutes, sessionId } = found.staff;
  const { heading, secondFactor, vault, ...words } = settings.security;
  return (
    <div className="grid gap-9">
      <PageHeading>{heading}</PageHeading>
      <Section
        id="second-factor-heading"
        heading={secondFactor.heading}
        lead={hasSecondFactor ? secondFactor.on : secondFactor.off}
      >
        {hasSecondFactor && <p>{fill(secondFactor.codesLeft, { count: codesLeft })}</p>}
        <div>
          <LinkButton href="/settings/security/second-factor">
            {hasSecondFactor ? secondFactor.change : secondFactor.setUp}
          </LinkButton>
        </div>
      </Section>
      <Section id="vault-heading" heading={vault.heading} lead={vault.lead}>
        <VaultSettings
          accountId={accountId}
          lockMinutes={vaultLockMinutes}
          saveVaultLock={saveVaultLock}
          lockOwnVault={lockOwnVault}
        />
        <p className="text-muted">{vault.recoveryCodeLead}</p>
        <div>
          <LinkButton href="/settings/security/recovery-code">{vault.recoveryCode}</LinkButton>
        </div>
      </Section>
      <Section id="sessions-heading" heading={words.sessions.heading}>
        <SessionList
          sessions={sessions}
          currentId={sessionId}
          endSession={endSession}
          endOtherSessions={endOtherSessions}
        />
      </Section>
      <Section id="failed-heading" heading={words.failed.heading} lead={words.failed.lead}>
        <FailedTries failed={failed} />
      </Section>
    </div>
  );
}
