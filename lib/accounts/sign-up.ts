/**
 * Making accounts. Rules: the first one is made once, however many ask at the same time; an invitation
 * is used up in the statement that makes its account, so that neither happens without the other.
 */
import 'server-only';
import { z } from 'zod';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Context } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import { Prisma } from '@/lib/server/prisma-client/client';
import { bytea, execute, findRow, type Database } from '@/lib/server/sql';
import { holdAddresses } from './email-change';
import { findInvitation, isUsableInvitation } from './invitations';
import { tellAccessChange } from './notices';
import { hashOpaqueToken } from './opaque-token';
import type { SignUpField, SignUpResult } from './outcomes';
import { together } from './together';
import { wasDoneBefore } from './tries';

/** What a browser makes of a password and hands over: nothing here gives the password away. */
export interface PasswordCredentials {
  /** 16 bytes, drawn by the browser */
  readonly salt: Uint8Array;
  /** 32 bytes; only its hash is kept */
  readonly signInKey: Uint8Array;
}

/** A vault as it is stored: its seed wrapped twice, 60 bytes each. */
export interface SealedVault {
  /** X-Wing, 1216 bytes */
  readonly publicKey: Uint8Array;
  readonly seedByPassword: Uint8Array;
  readonly seedByRecovery: Uint8Array;
}

interface SignUp {
  readonly name: string;
  readonly credentials: PasswordCredentials;
  readonly vault: SealedVault;
}

/** An account as it is stored. Its address is its maker's, or that of the invitation. */
export interface NewAccount {
  readonly name: string;
  readonly passwordSalt: Uint8Array;
  readonly signInHash: string;
  readonly vault: SealedVault;
}

/** Whether there is no account yet. */
export async function hasNoAccount({ database }: Pick<Context, 'database'>): Promise<boolean> {
  return (await guarded(() => database.account.findFirst({ select: { id: true } }))) === null;
}

type OwnerSignUp = SignUp & { readonly email: string };

/** The first account of an instance becomes its owner's. */
export async function signUpOwner(context: Context, given: OwnerSignUp): Promise<SignUpResult> {
  return answerOf(context, given, await makeOwner(context, given));
}

async function makeOwner(
  context: Context,
  { email, name, credentials, vault }: OwnerSignUp,
): Promise<SignUpResult> {
  // Asked before the work, so that nobody makes a server with accounts hash for nothing.
  if (!(await hasNoAccount(context))) return refused('invitation_needed');
  const signInHash = await hashed(context, credentials);
  if (signInHash === null) return refused('busy');
  const account = { name, passwordSalt: credentials.salt, signInHash, vault };
  return together<SignUpResult>(context, async (within) => {
    if (!(await insertOwner(within.database, email, account))) return refused('invitation_needed');
    await tellAccessChange(within, { email, name }, 'account_made');
    return { status: 'created' };
  });
}

type InvitedSignUp = SignUp & { readonly token: string };

/** Every later account takes an invitation, which says its address and role. */
export async function signUpInvited(context: Context, given: InvitedSignUp): Promise<SignUpResult> {
  return answerOf(context, given, await makeInvited(context, given));
}

async function makeInvited(
  context: Context,
  { token, name, credentials, vault }: InvitedSignUp,
): Promise<SignUpResult> {
  const invitationHash = await hashOpaqueToken(token);
  if (invitationHash === null) return refused('invitation_unknown');
  const invitation = await findInvitation(context.database, invitationHash);
  if (invitation === null) return refused('invitation_unknown');
  const signInHash = await hashed(context, credentials);
  if (signInHash === null) return refused('busy');
  const account = { name, passwordSalt: credentials.salt, signInHash, vault };
  return together<SignUpResult>(context, async (within) => {
    const created = await insertInvited(within.database, invitationHash, account);
    if (created !== 'created') return refused(created);
    // An eavesdropper of a mailbox may have been faster than the person invited.
    await tellAccessChange(within, { email: invitation.email, name }, 'account_made');
    return { status: 'created' };
  });
}

/** What was refused because it is done already is answered as the first time. */
async function answerOf(
  context: Context,
  made: SignUp,
  result: SignUpResult,
): Promise<SignUpResult> {
  if (result.status === 'created' || result.errors.form === 'busy') return result;
  const isDone = await wasDoneBefore(context, made);
  if (isDone === null) return refused('busy');
  return isDone ? { status: 'created' } : result;
}

function hashed(context: Context, { signInKey }: PasswordCredentials): Promise<string | null> {
  return context.withStretchingRoom({ kind: 'account' }, () => context.hashSignInKey(signInKey));
}

function refused(code: RefusalCode, field: SignUpField = 'form'): SignUpResult {
  return { status: 'refused', errors: { [field]: code } };
}

/** Any number, the same in every instance: held while the first account is made. */
const FIRST_ACCOUNT_LOCK = 724_001;

/** Makes the first account, as owner; false when there is one already. */
export async function insertOwner(
  transaction: Database,
  email: string,
  account: NewAccount,
): Promise<boolean> {
  await transaction.$executeRaw`SELECT pg_advisory_xact_lock(${FIRST_ACCOUNT_LOCK}::int)`;
  const made = await execute(
    transaction,
    Prisma.sql`
      INSERT INTO accounts (${COLUMNS})
      SELECT ${email}::text, 'OWNER'::role, ${values(account)}
      WHERE NOT EXISTS (SELECT 1 FROM accounts)`,
  );
  return made === 1;
}

const invitedRow = z.object({ isCreated: z.boolean() });

/** Uses an invitation up and makes its account, both or neither. */
export async function insertInvited(
  transaction: Database,
  invitationHash: Uint8Array,
  account: NewAccount,
): Promise<'created' | 'invitation_unknown' | 'email_taken'> {
  await holdAddresses(transaction);
  const row = await findRow(
    transaction,
    invitedRow,
    Prisma.sql`
      WITH invitation AS (
        SELECT i.id, i.email, i.role, EXISTS (SELECT 1 FROM accounts a WHERE a.email = i.email) AS taken
        FROM invitations i WHERE ${isUsableInvitation(invitationHash)}
        FOR UPDATE
      ), created AS (
        INSERT INTO accounts (${COLUMNS})
        SELECT invitation.email, invitation.role, ${values(account)} FROM invitation
        WHERE NOT invitation.taken
        ON CONFLICT (email) DO NOTHING
        RETURNING id
      ), accepted AS (
        UPDATE invitations i SET accepted_at = clock_timestamp() FROM invitation, created
        WHERE i.id = invitation.id
      )
      SELECT EXISTS (SELECT 1 FROM created) AS "isCreated"
      FROM invitation`,
  );
  if (row === null) return 'invitation_unknown';
  return row.isCreated ? 'created' : 'email_taken';
}

const COLUMNS = Prisma.sql`email, role, name, password_salt, sign_in_hash, vault_public_key,
  vault_seed_by_password, vault_seed_by_recovery`;

const values = ({ name, passwordSalt, signInHash, vault }: NewAccount) =>
  Prisma.sql`${name}::text, ${bytea(passwordSalt)}, ${signInHash}::text, ${bytea(vault.publicKey)},
    ${bytea(vault.seedByPassword)}, ${bytea(vault.seedByRecovery)}`;
