/**
 * What the operator of the server can do to an account without being signed in: they have its database
 * and its keys anyway. The way back for an only owner who lost the password, where no mail is sent.
 * Counted and told as what is done on a page.
 */
import 'server-only';
import { z } from 'zod';
import { makeCounted, type CountingHistory } from '@/lib/server/history/counted-change';
import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, findRow, findRows, type Database } from '@/lib/server/sql';
import { readEmailAddress } from './email-address';
import { tellAccessChange, type Addressee, type Teller } from './notices';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import { RECOVERY_EXPIRY, recoveryLink } from './recovery-links';
import { role } from './schema';
import { resetFactor } from './second-factor-setup';

/** What runs beside the app has its database and its mail, and no more of a history than lies there. */
export type ServerContext = Pick<Context, 'database' | 'queueMail' | 'appUrl'> & {
  readonly history: CountingHistory;
};

/** As mail names who did it. */
const BY = 'Whoever runs this server';

const personRow = z.object({ email: z.string(), name: z.string() });

const listedRow = personRow.extend({ role, hasSecondFactor: z.boolean() });

export function listAccounts(database: Database) {
  return findRows(
    database,
    listedRow,
    Prisma.sql`
      SELECT email, name, role::text AS "role", totp_enabled_at IS NOT NULL AS "hasSecondFactor"
      FROM accounts ORDER BY created_at, id`,
  );
}

/** What was done, and whether its person is told by mail. `unknown`: nobody has that address, or it is none. */
type ServerAct<Done> = 'unknown' | (Done & { readonly isMailed: boolean });

export async function makeRecoveryLinkByServer(
  context: ServerContext,
  typed: string,
): Promise<ServerAct<{ readonly link: string }>> {
  const email = readEmailAddress(typed);
  if (email === null) return 'unknown';
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  return act(context, async (teller) => {
    const account = await insertLinkByServer(teller.database, email, tokenHash);
    if (account === null) return 'unknown';
    const isMailed = await tellAccessChange(teller, account, 'recovery_link', { by: BY });
    return { link: recoveryLink(context, token), isMailed };
  });
}

/** `is_off`: there was none that is on. */
export async function turnSecondFactorOffByServer(
  context: ServerContext,
  typed: string,
): Promise<ServerAct<object> | 'is_off'> {
  const email = readEmailAddress(typed);
  if (email === null) return 'unknown';
  return act(context, async (teller) => {
    const account = await guarded(() =>
      teller.database.account.findUnique({
        where: { email },
        select: { id: true, email: true, name: true },
      }),
    );
    if (account === null) return 'unknown';
    if ((await resetFactor(teller.database, null, account.id)) !== 'done') return 'is_off';
    const isMailed = await tellAccessChange(teller, account, 'second_factor_reset', { by: BY });
    return { isMailed };
  });
}

/** What was decided about a restored database, the app's next start carries out. */
function act<Made extends string | object>(
  { database, history, ...context }: ServerContext,
  make: (teller: Teller) => Promise<Made>,
): Promise<Made> {
  return makeCounted(
    database,
    history,
    (transaction) => make({ ...context, database: transaction }),
    (made) => typeof made !== 'string',
  );
}

/** A link to a new password, however many were asked for lately; null where there is no such account. */
export function insertLinkByServer(
  database: Database,
  email: string,
  tokenHash: Uint8Array,
): Promise<Addressee | null> {
  return findRow(
    database,
    personRow,
    Prisma.sql`
      WITH account AS (
        SELECT id, email, name FROM accounts WHERE email = ${email}::text FOR SHARE
      ), created AS (
        INSERT INTO account_recoveries (account_id, token_hash, expires_at)
        SELECT id, ${bytea(tokenHash)}, ${RECOVERY_EXPIRY}
        FROM account
      )
      SELECT email, name FROM account`,
  );
}
