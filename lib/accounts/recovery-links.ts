/**
 * Links to a new password, good for one hour. Rules: whether an address has an account shows neither
 * in the answer nor in its time, since the work begins after it; an owner makes one for others, and
 * nobody for themselves.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, type Database } from '@/lib/server/sql';
import type { MemberAct } from './members';
import { findAddressee, fromNow, queue, tellAccessChange, type Addressee } from './notices';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { DoneResult, LinkResult } from './outcomes';
import { MAX_RECOVERIES_AN_HOUR, RECOVERY_LIFETIME } from './policy';
import { provePerson, stillSignsIn, type SignInProof } from './proof';
import type { Staff } from './sessions';
import { DONE, refused, together } from './together';

/** Mails a link to the address if it has an account. */
export function askForRecovery(context: Context, email: string): DoneResult {
  context.afterwards(async () => {
    // Without mail a link would reach nobody.
    if (!context.sendsMail) return;
    const token = createOpaqueToken();
    const tokenHash = await hashNewToken(token);
    await together<DoneResult>(context, async (within) => {
      const person = await insertLinkByEmail(within.database, email, tokenHash);
      if (person === null) return refused('recovery_unknown');
      await queue(within, {
        template: 'recovery',
        to: person.email,
        name: person.name,
        link: recoveryLink(context, token),
        expiresAt: fromNow(RECOVERY_LIFETIME),
      });
      return DONE;
    });
  });
  return DONE;
}

/**
 * A link for an owner to hand over to a member, who hears by mail that there is one. Nobody makes one
 * for themselves: it would set a password without that of before.
 */
export async function makeRecoveryLink(
  context: Context,
  owner: Staff,
  { accountId, ...shown }: MemberAct,
): Promise<LinkResult> {
  if (accountId === owner.accountId) return refused('recovery_own');
  const tried = await provePerson(context, owner, shown);
  if (tried.status === 'refused') return tried;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  return together<LinkResult>(context, async (within) => {
    const made = await insertLinkByOwner(within.database, tried.proof, accountId, tokenHash);
    if (made !== 'created') return refused(made);
    const member = await findAddressee(within.database, accountId);
    if (member === null) return refused('member_unknown');
    await tellAccessChange(within, member, 'recovery_link', { by: owner.name });
    const link = recoveryLink(context, token);
    return { status: 'made', link, email: member.email, isMailed: false };
  });
}

export function recoveryLink({ appUrl }: Pick<Context, 'appUrl'>, token: string): string {
  return `${appUrl}/recover/${token}`;
}

export const RECOVERY_EXPIRY = Prisma.sql`
  clock_timestamp() + ${RECOVERY_LIFETIME}::int * interval '1 second'`;

const personRow = z.object({ id: z.string(), email: z.string(), name: z.string() });

/**
 * The account's row is held: an address that is another at the same moment gets no link any more, and
 * what is counted by the next statement is all that was made before. Links of owners are none of it:
 * nobody takes from a person what they may ask for.
 *
 * @returns null where there is no such account, or it had too many lately
 */
export async function insertLinkByEmail(
  transaction: Database,
  email: string,
  tokenHash: Uint8Array,
): Promise<Addressee | null> {
  const person = await findRow(
    transaction,
    personRow,
    Prisma.sql`SELECT id, email, name FROM accounts WHERE email = ${email}::text FOR UPDATE`,
  );
  if (person === null) return null;
  const made = await execute(
    transaction,
    Prisma.sql`
      INSERT INTO account_recoveries (account_id, asked_for, token_hash, expires_at)
      SELECT ${person.id}::uuid, true, ${bytea(tokenHash)}, ${RECOVERY_EXPIRY}
      WHERE ${MAX_RECOVERIES_AN_HOUR}::int > (
        SELECT count(*) FROM account_recoveries
        WHERE account_id = ${person.id}::uuid AND asked_for
          AND created_at > clock_timestamp() - interval '1 hour'
      )`,
  );
  return made === 1 ? person : null;
}

/**
 * Both rows are held, in the one order of every change of owners (see `members.ts`): one who stops
 * being an owner at the same moment has made the link before that, and then it ends with the role,
 * or not at all.
 */
export async function insertLinkByOwner(
  database: Database,
  owner: SignInProof,
  accountId: string,
  tokenHash: Uint8Array,
): Promise<'created' | 'member_unknown' | 'not_allowed'> {
  const row = await findRow(
    database,
    z.object({ isCreated: z.boolean() }),
    Prisma.sql`
      WITH held AS MATERIALIZED (
        SELECT id, role, sign_in_hash, totp_enabled_at FROM accounts
        WHERE id IN (${owner.accountId}::uuid, ${accountId}::uuid) ORDER BY id FOR SHARE
      ), owner AS (
        SELECT id FROM held WHERE id = ${owner.accountId}::uuid AND role = 'OWNER'
          AND ${stillSignsIn(owner)}
      ), created AS (
        INSERT INTO account_recoveries (account_id, made_by_id, token_hash, expires_at)
        SELECT held.id, owner.id, ${bytea(tokenHash)}, ${RECOVERY_EXPIRY}
        FROM held, owner WHERE held.id = ${accountId}::uuid AND held.id <> owner.id
        RETURNING id
      )
      SELECT EXISTS (SELECT 1 FROM created) AS "isCreated" FROM owner`,
  );
  if (row === null) return 'not_allowed';
  return row.isCreated ? 'created' : 'member_unknown';
}

/** `r` is a link that can still be used. */
export const isUsableRecovery = (tokenHash: Uint8Array) => Prisma.sql`
  r.token_hash = ${bytea(tokenHash)} AND r.used_at IS NULL AND r.expires_at > clock_timestamp()`;

/**
 * Ends links that can still be used. Several acts may end the same ones at the same moment: each takes
 * their rows in one order, or two could wait for each other in a circle.
 *
 * @param which a condition on `account_recoveries`
 * @param also what else of them is set
 */
export const endRecoveryLinks = (which: Prisma.Sql, also = Prisma.empty) => Prisma.sql`
  UPDATE account_recoveries r SET used_at = clock_timestamp()${also}
  FROM (
    SELECT id FROM account_recoveries WHERE ${which} AND used_at IS NULL ORDER BY id FOR UPDATE
  ) held WHERE r.id = held.id`;
