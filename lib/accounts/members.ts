/**
 * What owners do to the accounts of others. Rules: an open session is not enough, the owner proves
 * everything that signing in takes, and is an owner in the very statement that acts; there is always
 * an owner left; and whoever it is about hears of it by mail. Every such statement first takes the
 * rows of all owners and of the account it is about, in one order, so that two owners who remove each
 * other do so one after the other.
 */
import 'server-only';
import { z } from 'zod';
import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { log } from '@/lib/server/log';
import { Prisma } from '@/lib/server/prisma-client/client';
import {
  endWithoutReaders,
  findReadBy,
  holdRequestsOf,
  noteLostReader,
} from '@/lib/requests/ending';
import { findRows, isoTime, theRow, type Database } from '@/lib/server/sql';
import { findLosses, listLosses, NO_LOSSES } from './losses';
import { findAddressee, tellAccessChange, type Addressee } from './notices';
import type { DoneResult, Role } from './outcomes';
import { HAND_OVER_AGAIN } from './policy';
import { makeProvedChange, stillSignsIn, type PersonProof, type SignInProof } from './proof';
import { endRecoveryLinks } from './recovery-links';
import { role as roleSchema } from './schema';
import { resetFactor } from './second-factor-setup';
import type { Staff } from './sessions';
import { DONE, doneOrRefused, refused, together } from './together';
import { isAsTold, type LossCount, type MemberView } from './views';

const memberRow = z.object({
  accountId: z.string(),
  name: z.string(),
  email: z.string(),
  role: roleSchema,
  hasSecondFactor: z.boolean(),
  joinedAt: z.string(),
});

export async function listMembers(database: Database): Promise<readonly MemberView[]> {
  const [rows, losses] = await Promise.all([
    findRows(
      database,
      memberRow,
      Prisma.sql`
        SELECT id AS "accountId", name, email, role::text AS "role",
          totp_enabled_at IS NOT NULL AS "hasSecondFactor",
          ${isoTime(Prisma.sql`created_at`)} AS "joinedAt"
        FROM accounts ORDER BY created_at, id`,
    ),
    listLosses(database),
  ]);
  return rows.map((row) => ({ ...row, losses: losses.get(row.accountId) ?? NO_LOSSES }));
}

export function findOwners(database: Database): Promise<readonly Addressee[]> {
  return guarded(() =>
    database.account.findMany({
      where: { role: 'OWNER' },
      select: { email: true, name: true },
      orderBy: { createdAt: 'asc' },
    }),
  );
}

export interface MemberAct extends PersonProof {
  readonly accountId: string;
}

interface RoleChange extends MemberAct {
  readonly role: Role;
}

export async function changeRole(
  context: Context,
  owner: Staff,
  { accountId, role, ...shown }: RoleChange,
): Promise<DoneResult> {
  return makeProvedChange(context, owner, shown, {
    accountId,
    make: async (proof, { database }) =>
      doneOrRefused(await setRole(database, proof, accountId, role)),
    says: role === 'OWNER' ? 'made_owner' : 'made_member',
  });
}

/** With what its doer was told goes with the account: where that is not so any more, they are told anew. */
interface MemberRemoval extends MemberAct, LossCount {}

export async function removeMember(
  context: Context,
  owner: Staff,
  { accountId, requestsAlone, repliesAlone, ...shown }: MemberRemoval,
): Promise<DoneResult> {
  const told = { requestsAlone, repliesAlone };
  return makeProvedChange(context, owner, shown, {
    accountId,
    make: async (proof, { database }) =>
      doneOrRefused(await removeByOwner(database, proof, accountId, told)),
    says: 'removed',
  });
}

/** The same of one's own account. */
interface AccountDeletion extends PersonProof, LossCount {}

/** Removes one's own account, with its sessions and its seals. The only owner can't. */
export async function deleteAccount(
  context: Context,
  staff: Staff,
  { requestsAlone, repliesAlone, ...shown }: AccountDeletion,
): Promise<DoneResult> {
  const told = { requestsAlone, repliesAlone };
  return makeProvedChange(context, staff, shown, {
    make: async (proof, { database }) => doneOrRefused(await removeSelf(database, proof, told)),
    says: 'account_deleted',
  });
}

/**
 * Lets a member in who lost phone and list: for them the password is enough then. They hear of it by
 * mail, and on the page after they sign in, until they say that they have seen it.
 */
export async function resetSecondFactor(
  context: Context,
  owner: Staff,
  { accountId, ...shown }: MemberAct,
): Promise<DoneResult> {
  if (accountId === owner.accountId) return refused('second_factor_own');
  return makeProvedChange(context, owner, shown, {
    accountId,
    make: async (proof, { database }) =>
      doneOrRefused(await resetFactor(database, proof, accountId)),
    says: 'second_factor_reset',
  });
}

const handOverRow = z.object({ mayAct: z.boolean(), isKnown: z.boolean(), isNoted: z.boolean() });

/**
 * Asks a member who is about to be removed to share what only they can read: nobody else has its key. Once
 * a day, in one statement, so that of any number of owners who ask at the same moment one is told on.
 */
export async function askToHandOver(
  context: Context,
  owner: Staff,
  accountId: string,
): Promise<DoneResult> {
  return together<DoneResult>(context, async (within) => {
    const { mayAct, isKnown, isNoted } = await theRow(
      within.database,
      handOverRow,
      Prisma.sql`
        WITH owner AS (
          SELECT id FROM accounts WHERE id = ${owner.accountId}::uuid AND role = 'OWNER'
        ), noted AS (
          UPDATE accounts SET hand_over_asked_at = clock_timestamp()
          WHERE id = ${accountId}::uuid AND EXISTS (SELECT 1 FROM owner) AND coalesce(
            hand_over_asked_at < clock_timestamp() - ${HAND_OVER_AGAIN}::int * interval '1 second',
            true
          )
          RETURNING id
        )
        SELECT EXISTS (SELECT 1 FROM owner) AS "mayAct", EXISTS (SELECT 1 FROM noted) AS "isNoted",
          EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId}::uuid) AS "isKnown"`,
    );
    if (!mayAct) return refused('not_allowed');
    if (!isNoted) return refused(isKnown ? 'hand_over_asked' : 'member_unknown');
    const member = await findAddressee(within.database, accountId);
    if (member === null) return refused('member_unknown');
    await tellAccessChange(within, member, 'hand_over_asked', { by: owner.name });
    return DONE;
  });
}

type MemberChange =
  | 'done'
  /** What goes with the account is not what the caller was told. */
  | 'losses_changed'
  /** There would be no owner left. */
  | 'last_owner'
  /** It is so already. */
  | 'changed_meanwhile'
  | 'member_unknown'
  /** The caller is no owner (any more), or has another password or second factor by now. */
  | 'not_allowed';

/**
 * Waits for every caller who acts as an owner just now. A statement that waited would see the tables as they
 * were before, and so miss the links that were made while it did: the next one sees them.
 */
async function hold(transaction: Database, accountId: string): Promise<void> {
  await transaction.$queryRaw`WITH ${ownersAnd(accountId)} SELECT count(*)::int FROM owners`;
}

/**
 * Counting reads every owner's row, and so locks every one. The account itself is among them even
 * when it is no owner any more: taken later, out of order, it could be waited for in a circle.
 */
const ownersAnd = (accountId: string) => Prisma.sql`held AS MATERIALIZED (
    SELECT id, role, sign_in_hash, totp_enabled_at FROM accounts
    WHERE role = 'OWNER' OR id = ${accountId}::uuid ORDER BY id FOR UPDATE
  ), owners AS (SELECT * FROM held WHERE role = 'OWNER')`;

const isOwner = (owner: SignInProof) => Prisma.sql`(
    SELECT count(*) FROM owners WHERE id = ${owner.accountId}::uuid AND ${stillSignsIn(owner)}
  ) = 1`;

const leavesAnOwner = (accountId: string) =>
  Prisma.sql`(SELECT count(*) FROM owners WHERE id <> ${accountId}::uuid) > 0`;

/** Invitations and recovery links of one who may make none any more. */
const revokedOf = (
  accountId: string,
  changed: Prisma.Sql,
  also = Prisma.empty,
) => Prisma.sql`revoked AS (
    UPDATE invitations SET revoked_at = clock_timestamp()
    WHERE invited_by_id = ${accountId}::uuid AND accepted_at IS NULL AND revoked_at IS NULL
      AND EXISTS (${changed})
  ), ended AS (
    ${endRecoveryLinks(Prisma.sql`made_by_id = ${accountId}::uuid AND EXISTS (${changed})`, also)}
  )`;

const changeRow = z.object({
  mayAct: z.boolean(),
  isKnown: z.boolean(),
  isChanged: z.boolean(),
  /** There is nothing to change. */
  isSo: z.boolean(),
});

const outcome = (mayAct: Prisma.Sql, accountId: string, isSo = Prisma.sql`false`) => Prisma.sql`
  SELECT ${mayAct} AS "mayAct", ${isSo} AS "isSo",
    EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId}::uuid) AS "isKnown",
    EXISTS (SELECT 1 FROM changed) AS "isChanged"`;

function toChange(row: z.output<typeof changeRow>): MemberChange {
  if (row.isChanged) return 'done';
  if (!row.mayAct) return 'not_allowed';
  if (row.isSo) return 'changed_meanwhile';
  return row.isKnown ? 'last_owner' : 'member_unknown';
}

export async function setRole(
  transaction: Database,
  owner: SignInProof,
  accountId: string,
  role: Role,
): Promise<MemberChange> {
  await hold(transaction, accountId);
  const demoted = Prisma.sql`SELECT 1 FROM changed WHERE ${role}::text = 'MEMBER'`;
  const isSo = Prisma.sql`
    EXISTS (SELECT 1 FROM held WHERE id = ${accountId}::uuid AND role = ${role}::role)`;
  const change = toChange(
    await theRow(
      transaction,
      changeRow,
      Prisma.sql`
        WITH ${ownersAnd(accountId)}, changed AS (
          UPDATE accounts SET role = ${role}::role
          WHERE id = ${accountId}::uuid AND ${isOwner(owner)} AND role <> ${role}::role
            AND (${role}::text = 'OWNER' OR ${leavesAnOwner(accountId)})
          RETURNING id
        ), ${revokedOf(accountId, demoted)}
        ${outcome(isOwner(owner), accountId, isSo)}`,
    ),
  );
  if (change === 'done') log.info('role_changed', { code: role });
  return change;
}

/**
 * Removes an account with its sessions and its seals. Requests that nobody else reads end.
 *
 * @param told what goes with it, as the caller was told
 */
export function removeByOwner(
  transaction: Database,
  owner: SignInProof,
  accountId: string,
  told: LossCount,
): Promise<MemberChange> {
  return remove(transaction, accountId, isOwner(owner), told);
}

/** The same for one's own account, of an owner or not. */
export function removeSelf(
  transaction: Database,
  proof: SignInProof,
  told: LossCount,
): Promise<MemberChange> {
  const isSelf = Prisma.sql`(
    SELECT count(*) FROM held WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)}
  ) = 1`;
  return remove(transaction, proof.accountId, isSelf, told);
}

/**
 * With its maker's account a link has none any more. Set in the one update that ends it: a second one
 * of the same row would have the foreign key take the account that the link is for, out of order.
 */
const NO_MAKER = Prisma.sql`, made_by_id = NULL`;

async function remove(
  transaction: Database,
  accountId: string,
  mayAct: Prisma.Sql,
  told: LossCount,
): Promise<MemberChange> {
  await hold(transaction, accountId);
  // Links to a new password that go with the account, or that it has made: before its requests, as in
  // a recovery.
  await transaction.$queryRaw`
    SELECT id FROM account_recoveries
    WHERE account_id = ${accountId}::uuid OR made_by_id = ${accountId}::uuid ORDER BY id FOR UPDATE`;
  const requests = await holdRequestsOf(transaction, accountId);
  // Nothing is added to them from here on.
  const isTold = isAsTold(await findLosses(transaction, accountId), told);
  const read = await findReadBy(transaction, accountId);
  const row = await theRow(
    transaction,
    changeRow,
    Prisma.sql`
      WITH ${ownersAnd(accountId)}, changed AS (
        DELETE FROM accounts
        WHERE id = ${accountId}::uuid AND ${mayAct} AND ${leavesAnOwner(accountId)}
          AND ${isTold}::boolean
        RETURNING id
      ), ${revokedOf(accountId, Prisma.sql`SELECT 1 FROM changed`, NO_MAKER)}
      ${outcome(mayAct, accountId)}`,
  );
  if (row.isChanged) {
    await noteLostReader(transaction, read);
    await endWithoutReaders(transaction, requests);
    log.info('member_removed');
  }
  const change = toChange(row);
  // They may, and it is there: it was not done since they were told something else.
  return change === 'last_owner' && !isTold ? 'losses_changed' : change;
}
