/** What `npm run accounts` does, with the mail that tells of it. */
import 'server-only';
import { readEmailAddress } from '@/lib/accounts/email-address';
import { createOpaqueToken, hashNewToken } from '@/lib/accounts/opaque-token';
import { createRecoveryByServer, resetByServer } from '../account-store/server-acts';
import { database } from '../database';
import { makeCounted } from '../history/counted-change';
import { markedHistory } from '../history/process-history';
import { queueMailIn } from '../mail/queue-mail';
import type { Prisma } from '../prisma-client/client';
import { settings } from '../settings';
import { accountMail } from './account-mail';

/** As mail names whoever did it. */
const BY = 'Whoever runs this server';

/** What was done, and whether its person is told by mail. */
export type ServerAct<Done> = 'unknown' | (Done & { readonly isMailed: boolean });

/** `unknown`: nobody has that address, or it is none. */
export async function makeRecoveryLinkByServer(
  typed: string,
): Promise<ServerAct<{ readonly link: string }>> {
  const email = readEmailAddress(typed);
  if (email === null) return 'unknown';
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  return makeActCounted(async (transaction) => {
    const account = await createRecoveryByServer(transaction, email, tokenHash);
    if (account === null) return 'unknown';
    const mail = accountMail((mail) => queueMailIn(transaction, mail));
    const isMailed = await mail.accessChanged(account, 'recovery_link', { by: BY });
    return { link: `${settings().appUrl.origin}/recover/${token}`, isMailed };
  });
}

/** `is_off`: there was none that is on. */
export async function turnSecondFactorOffByServer(
  typed: string,
): Promise<ServerAct<object> | 'is_off'> {
  const email = readEmailAddress(typed);
  if (email === null) return 'unknown';
  return makeActCounted(async (transaction) => {
    const account = await resetByServer(transaction, email);
    if (account === 'unknown' || account === 'is_off') return account;
    const mail = accountMail((mail) => queueMailIn(transaction, mail));
    return { isMailed: await mail.accessChanged(account, 'second_factor_reset', { by: BY }) };
  });
}

/** Counted as what is done on a page. What was decided about a restored database, the app's next start carries out. */
function makeActCounted<Made extends string | object>(
  make: (transaction: Prisma.TransactionClient) => Promise<Made>,
): Promise<Made> {
  return makeCounted(database(), markedHistory(), make, (made) => typeof made !== 'string');
}
