/**
 * Whether what was proved is still so: conditions on a row of `accounts` that a statement holds. From
 * the proof to the statement it may take seconds, since passwords are checked in turns.
 */
import 'server-only';
import type { PasswordProof, SignInProof } from '@/lib/accounts/own-account-ports';
import { Prisma } from '../prisma-client/client';

export const isStillPassword = ({ signInHash }: Pick<PasswordProof, 'signInHash'>) =>
  Prisma.sql`sign_in_hash = ${signInHash}::text`;

export const isStillSecondFactor = ({
  secondFactorSince,
}: Pick<SignInProof, 'secondFactorSince'>) =>
  Prisma.sql`totp_enabled_at IS NOT DISTINCT FROM ${secondFactorSince}::timestamptz`;

/** Both: what every act takes that asks for a code where one is needed. */
export const stillSignsIn = (proof: Omit<SignInProof, 'accountId'>) =>
  Prisma.sql`${isStillPassword(proof)} AND ${isStillSecondFactor(proof)}`;
