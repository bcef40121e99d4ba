/**
 * What a signed-in member proves once more: an open browser is not enough to lock its owner
 * out, and a password that was read along is not enough to open or close a way into an account. From
 * the proof to the statement that takes it there may be seconds, since passwords are checked in turns:
 * so each such statement holds only while what was proved is still so.
 */
import 'server-only';
import { z } from 'zod';
import type { Context, Within } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { findRow, isoTime, type Database } from '@/lib/server/sql';
import { findAddressee, tellAccessChange } from './notices';
import type { AccessChange, Refused } from './outcomes';
import type { Staff } from './sessions';
import { refused, together } from './together';
import { refusalOfCode, tryPassword } from './tries';

const signInProof = z.object({
  /** UUID */
  accountId: z.string(),
  /** The hash that the sign-in key was right for. */
  signInHash: z.string(),
  /** Since when the second factor whose code was right is on, ISO 8601 in UTC; null where none was on. */
  secondFactorSince: z.string().nullable(),
});

/**
 * Everything that signing in takes was right a moment ago. What was asked for is part of it: a proof
 * without a code is none any more once a second factor is on.
 */
export type SignInProof = Readonly<z.output<typeof signInProof>>;

/** The password was right a moment ago. */
export type PasswordProof = Pick<SignInProof, 'accountId' | 'signInHash'>;

/** What signing in takes now; null where there is no such account. @param which a condition on `accounts` */
export function findSignInProof(
  database: Database,
  which: Prisma.Sql,
): Promise<SignInProof | null> {
  return findRow(
    database,
    signInProof,
    Prisma.sql`
      SELECT id AS "accountId", sign_in_hash AS "signInHash",
        ${isoTime(Prisma.sql`totp_enabled_at`)} AS "secondFactorSince"
      FROM accounts WHERE ${which}`,
  );
}

export const isStillPassword = ({ signInHash }: Pick<SignInProof, 'signInHash'>) =>
  Prisma.sql`sign_in_hash = ${signInHash}::text`;

export const isStillSecondFactor = ({
  secondFactorSince,
}: Pick<SignInProof, 'secondFactorSince'>) =>
  Prisma.sql`totp_enabled_at IS NOT DISTINCT FROM ${secondFactorSince}::timestamptz`;

/** Both: what every act takes that asks for a code where one is needed. */
export const stillSignsIn = (proof: Omit<SignInProof, 'accountId'>) =>
  Prisma.sql`${isStillPassword(proof)} AND ${isStillSecondFactor(proof)}`;

export type Prover = Pick<Staff, 'accountId' | 'sessionId'>;

type Proved<Proof> = { readonly status: 'proved'; readonly proof: Proof } | Refused;

/** Asks for the password once more. */
export async function provePassword(
  context: Context,
  staff: Prover,
  signInKey: Uint8Array,
): Promise<Proved<PasswordProof>> {
  const tried = await startProof(context, staff, signInKey);
  if (tried.status === 'refused') return tried;
  const { accountId, signInHash } = tried.proof;
  return { status: 'proved', proof: { accountId, signInHash } };
}

/** The password was right, in a session that is still there; the code that may be due was not looked at. */
async function startProof(
  context: Context,
  { accountId, sessionId }: Prover,
  signInKey: Uint8Array,
): Promise<Proved<SignInProof>> {
  const { database } = context;
  const asked = await findSignInProof(database, Prisma.sql`id = ${accountId}::uuid`);
  if (asked === null) return refused('sign_in_required');
  const { signInHash } = asked;
  // The caller is signed in, so members wait among themselves and not behind those who are not.
  const tried = await tryPassword(context, asked, 'password again', () =>
    context.withStretchingRoom({ kind: 'known', of: accountId }, () =>
      context.verifySignInKey(signInHash, signInKey),
    ),
  );
  if (tried === 'busy') return refused('busy');
  if (tried === 'slowed') return refused('password_slowed', 'password');
  if (tried === 'wrong') return refused('password_wrong', 'password');
  // Now, and not when the request came: it waited for its turn meanwhile.
  const now = await findSignInProof(
    database,
    Prisma.sql`id = (SELECT account_id FROM sessions WHERE id = ${sessionId}::uuid)`,
  );
  if (now === null) return refused('sign_in_required');
  const { secondFactorSince } = now;
  return { status: 'proved', proof: { accountId, signInHash, secondFactorSince } };
}

/** What a signed-in member shows once more. */
export interface PersonProof {
  /** 32 bytes */
  readonly signInKey: Uint8Array;
  /** Of the second factor, or of its list; '' for none. */
  readonly code: string;
}

/** Asks for everything that signing in takes. The code comes after the password, and is used up. */
export async function provePerson(
  context: Context,
  staff: Prover,
  { signInKey, code }: PersonProof,
): Promise<Proved<SignInProof>> {
  const started = await startProof(context, staff, signInKey);
  if (started.status === 'refused' || started.proof.secondFactorSince === null) return started;
  if (code === '') return refused('second_factor_needed', 'code');
  const tried = { ...started.proof, code, isAfterPassword: true };
  const refusal = await refusalOfCode(context, tried);
  return refusal === null ? started : refused(refusal, 'code');
}

/** A change in the ways into an account, and who hears of it by mail. */
interface ProvedChange<Done> {
  /** Holds only while what was proved is still true. */
  readonly make: (proof: SignInProof, within: Within) => Promise<Done>;
  /** What the mail says. */
  readonly says: AccessChange;
  /** Where another person makes it: whose account it is. */
  readonly accountId?: string;
}

/**
 * Has a person prove who they are, makes the change, and tells whose account it is: both hold, or
 * neither.
 */
export async function makeProvedChange<Done extends { readonly status: string }>(
  context: Context,
  staff: Staff,
  shown: PersonProof,
  { make, says, accountId }: ProvedChange<Done>,
): Promise<Done | Refused> {
  const tried = await provePerson(context, staff, shown);
  if (tried.status === 'refused') return tried;
  return together<Done | Refused>(context, async (within) => {
    // Asked before: of who was removed, nobody knows the address any more.
    const told = await findAddressee(within.database, accountId ?? staff.accountId);
    const made = await make(tried.proof, within);
    if (made.status === 'refused') return made;
    const details = accountId === undefined ? {} : { by: staff.name };
    if (told !== null) await tellAccessChange(within, told, says, details);
    return made;
  });
}
