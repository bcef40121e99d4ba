import type { Metadata } from 'next';
import { connection } from 'next/server';
import { sealOnServer, storeBrowserSealed } from '@/app/(site)/actions';
import { ForgetStaff, RememberStaff } from '@/components/account/remember-staff';
import { StaffNavigation } from '@/components/account/staff-navigation';
import { ComposeMessage } from '@/components/secret/compose-message';
import { StandingProvider, type Standing } from '@/components/secret/standing';
import { database } from '@/lib/server/database';
import { findStaff } from '@/lib/server/accounts/current-staff';
import { readPolicy } from '@/lib/sealed/sending';
import { withinLimit } from '@/lib/server/limits';
import { logFailure } from '@/lib/server/log-failure';
import { clientAddress } from '@/lib/server/request-context';
import { settings } from '@/lib/server/settings';
import { compose } from '@/messages/en/compose';

export const metadata: Metadata = { title: compose.title };

/** The page to send a secret, as the one who looks may send it now. */
export default async function FrontPage() {
  // Said here, since what says so below would be taken for a failure.
  await connection();
  const standing = await lookAtStanding();
  return (
    <StandingProvider standing={standing}>
      <div className="grid gap-8">
        {standing !== null && (standing.staff === null ? <ForgetStaff /> : <RememberStaff />)}
        {standing?.staff && <StaffNavigation />}
        <ComposeMessage actions={{ sealOnServer, storeBrowserSealed }} />
      </div>
    </StandingProvider>
  );
}

/**
 * Null where nothing can be known just now. The form needs no database to be written in, and what is
 * sent with it is decided when it is sent: so it is shown all the same.
 */
async function lookAtStanding(): Promise<Standing | null> {
  try {
    if (!(await withinLimit('ask', clientAddress()))) return null;
    const [staff, policy] = await Promise.all([findStaff(), readPolicy(database())]);
    return {
      staff: staff && { name: staff.name },
      policy,
      canMail: settings().mail !== null,
    };
  } catch (error) {
    logFailure('compose page', error);
    return null;
  }
}
