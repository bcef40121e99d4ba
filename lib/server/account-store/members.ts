/**
 * What owners do to accounts. Rules: whoever asks is an owner in the very
 * statement that acts; there is always an owner left. Every such statement
 * first takes the rows of all owners and of the account it is about, in one
 * order, so that two owners who remove each other do so one after the other.
 */
import 'server-only';
import type { Addressee } from '@/lib/accounts/mail-ports';
import type { MemberChange, MemberStore, OwnerProof } from '@/lib/accounts/member-ports';
import type { Role } from '@/lib/accounts/outcomes';
import type { SignInProof } from '@/lib/accounts/own-account-ports';
import { isAsTold, type LossCount, type MemberView } from '@/lib/accounts/views';
import { guarded } from '../database-errors';
import { log } from '../log';
import { Prisma } from '../prisma-client/client';
import {
  endWithoutReaders,
  findReadBy,
  holdRequestsOf,
  noteLostReader,
} from '../request-store/without-readers';
import { endRecoveryLinks } from './end-recovery-links';
import { findLosses, listLosses, NO_LOSSES } from './losses';
import { stillSignsIn } from './still-proved';
import { resetSecondFactor } from './reset-second-factor';
import { noteHandOver } from './note-hand-over';
import { createInvitation, listInvitations, revokeInvitation } from './invitations';

export function prismaMemberStore(client: Prisma.TransactionClient): MemberStore {
  return {
    listMembers: () => listMembers(client),
    findAddressee: (accountId) => findAddressee(client, accountId),
    listOwners: () => listOwners(client),
    changeRole: async (owner, accountId, role) => {
      const changed = await changeRole(client, owner, accountId, role);
      if (changed === 'done') log.info('role_changed', { code: role });
      return changed;
    },
    removeMember: (owner, accountId, told) => removeMember(client, owner, accountId, told),
    removeSelf: (proof, told) => removeSelf(client, proof, told),
    resetSecondFactor: (owner, accountId) => resetSecondFactor(client, owner, accountId),
    noteHandOver: (ownerId, accountId) => noteHandOver(client, ownerId, accountId),
    listInvitations: () => listInvitations(client),
    createInvitation: (owner, invitation) => createInvitation(client, owner, invitation),
    revokeInvitation: (ownerId, invitationId) => revokeInvitation(client, ownerId, invitationId),
  };
}

async function listMembers(client: Prisma.TransactionClient): Promise<readonly MemberView[]> {
  const [rows, losses] = await Promise.all([
    guarded(
      () => client.$queryRaw<(Omit<MemberView, 'joinedAt' | 'losses'> & { joinedAt: Date })[]>`
        SELECT id AS "accountId", name, email, role::text AS "role",
          totp_enabled_at IS NOT NULL AS "hasSecondFactor", created_at AS "joinedAt"
        FROM accounts ORDER BY created_at, id`,
    ),
    listLosses(client),
  ]);
  return rows.map((row) => ({
    ...row,
    joinedAt: row.joinedAt.toISOString(),
    losses: losses.get(row.accountId) ?? NO_LOSSES,
  }));
}

function findAddressee(
  client: Prisma.TransactionClient,
  accountId: string,
): Promise<Addressee | null> {
  return guarded(() =>
    client.account.findUnique({ where: { id: accountId }, select: { email: true, name: true } }),
  );
}

function listOwners(client: Prisma.TransactionClient): Promise<readonly Addressee[]> {
  return guarded(() =>
    client.account.findMany({
      where: { role: 'OWNER' },
      select: { email: true, name: true },
      orderBy: { createdAt: 'asc' },
    }),
  );
}

/**
 * Waits for whoever acts as an owner just now. A statement that waited would see the tables as they
 * were before, and so miss the links that were made while it did: the next one sees them.
 */
async function change(
  client: Prisma.TransactionClient,
  accountId: string,
  statement: Prisma.Sql,
): Promise<MemberChange> {
  const rows = await guarded(() =>
    client.$transaction(async (transaction) => {
      await hold(transaction, accountId);
      return transaction.$queryRaw<Outcome[]>(statement);
    }),
  );
  return toChange(rows[0]);
}

async function hold(transaction: Prisma.TransactionClient, accountId: string): Promise<void> {
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

const isOwner = (owner: OwnerProof) => Prisma.sql`(
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

interface Outcome {
  mayAct: boolean;
  isKnown: boolean;
  isChanged: boolean;
  /** There is nothing to change. */
  isSo: boolean;
}

const outcome = (mayAct: Prisma.Sql, accountId: string, isSo = Prisma.sql`false`) => Prisma.sql`
  SELECT ${mayAct} AS "mayAct", ${isSo} AS "isSo",
    EXISTS (SELECT 1 FROM accounts WHERE id = ${accountId}::uuid) AS "isKnown",
    EXISTS (SELECT 1 FROM changed) AS "isChanged"`;

function changeRole(
  client: Prisma.TransactionClient,
  owner: OwnerProof,
  accountId: string,
  role: Role,
): Promise<MemberChange> {
  const demoted = Prisma.sql`SELECT 1 FROM changed WHERE ${role}::text = 'MEMBER'`;
  const isSo = Prisma.sql`
    EXISTS (SELECT 1 FROM held WHERE id = ${accountId}::uuid AND role = ${role}::role)`;
  const statement = Prisma.sql`
      WITH ${ownersAnd(accountId)}, changed AS (
        UPDATE accounts SET role = ${role}::role
        WHERE id = ${accountId}::uuid AND ${isOwner(owner)} AND role <> ${role}::role
          AND (${role}::text = 'OWNER' OR ${leavesAnOwner(accountId)})
        RETURNING id
      ), ${revokedOf(accountId, demoted)}
      ${outcome(isOwner(owner), accountId, isSo)}`;
  return change(client, accountId, statement);
}

function removeMember(
  client: Prisma.TransactionClient,
  owner: OwnerProof,
  accountId: string,
  told: LossCount,
): Promise<MemberChange> {
  return remove(client, accountId, isOwner(owner), told);
}

function removeSelf(
  client: Prisma.TransactionClient,
  proof: SignInProof,
  told: LossCount,
): Promise<MemberChange> {
  const isSelf = Prisma.sql`(
    SELECT count(*) FROM held WHERE id = ${proof.accountId}::uuid AND ${stillSignsIn(proof)}
  ) = 1`;
  return remove(client, proof.accountId, isSelf, told);
}

/**
 * With its maker's account a link has none any more. Set in the one update that ends it: a second one
 * of the same row would have the foreign key take the account that the link is for, out of order.
 */
const NO_MAKER = Prisma.sql`, made_by_id = NULL`;

/** Links to a new password that go with the account, or that it has made: before its requests, as in a recovery. */
async function holdLinksOf(
  transaction: Prisma.TransactionClient,
  accountId: string,
): Promise<void> {
  await transaction.$queryRaw`
    SELECT id FROM account_recoveries
    WHERE account_id = ${accountId}::uuid OR made_by_id = ${accountId}::uuid ORDER BY id FOR UPDATE`;
}

async function remove(
  client: Prisma.TransactionClient,
  accountId: string,
  mayAct: Prisma.Sql,
  told: LossCount,
): Promise<MemberChange> {
  const removed = await guarded(() =>
    client.$transaction(async (transaction) => {
      await hold(transaction, accountId);
      await holdLinksOf(transaction, accountId);
      const requests = await holdRequestsOf(transaction, accountId);
      // Nothing is added to them from here on.
      const isTold = isAsTold(await findLosses(transaction, accountId), told);
      const read = await findReadBy(transaction, accountId);
      const [row] = await transaction.$queryRaw<Outcome[]>`
        WITH ${ownersAnd(accountId)}, changed AS (
          DELETE FROM accounts
          WHERE id = ${accountId}::uuid AND ${mayAct} AND ${leavesAnOwner(accountId)}
            AND ${isTold}::boolean
          RETURNING id
        ), ${revokedOf(accountId, Prisma.sql`SELECT 1 FROM changed`, NO_MAKER)}
        ${outcome(mayAct, accountId)}`;
      if (row?.isChanged) {
        await noteLostReader(transaction, read);
        await endWithoutReaders(transaction, requests);
      }
      const change = toChange(row);
      // They may, and it is there: it was not done since they were told something else.
      return change === 'last_owner' && !isTold ? 'losses_changed' : change;
    }),
  );
  if (removed === 'done') log.info('member_removed');
  return removed;
}

function toChange(row: Outcome | undefined): MemberChange {
  if (row === undefined) throw new Error('A statement that always answers did not.');
  if (row.isChanged) return 'done';
  if (!row.mayAct) return 'not_allowed';
  if (row.isSo) return 'changed_meanwhile';
  return row.isKnown ? 'last_owner' : 'member_unknown';
}
