import 'server-only';
import type { MadeOfPassword } from '@/lib/accounts/done-before';
import type { PasswordProof, SignInProof } from '@/lib/accounts/own-account-ports';
import { guarded } from '../database-errors';
import type { Prisma } from '../prisma-client/client';

export async function isEmpty(client: Prisma.TransactionClient): Promise<boolean> {
  const rows = await guarded(
    () => client.$queryRaw<{ isEmpty: boolean }[]>`
      SELECT NOT EXISTS (SELECT 1 FROM accounts) AS "isEmpty"`,
  );
  return rows[0]?.isEmpty ?? false;
}

export async function findPasswordSalt(
  client: Prisma.TransactionClient,
  email: string,
): Promise<Uint8Array | null> {
  const row = await guarded(() =>
    client.account.findUnique({ where: { email }, select: { passwordSalt: true } }),
  );
  return row === null ? null : new Uint8Array(row.passwordSalt);
}

export async function findForSignIn(
  client: Prisma.TransactionClient,
  email: string,
): Promise<SignInProof | null> {
  const row = await guarded(() =>
    client.account.findUnique({
      where: { email },
      select: { id: true, signInHash: true, totpEnabledAt: true },
    }),
  );
  return row === null
    ? null
    : {
        accountId: row.id,
        signInHash: row.signInHash,
        secondFactorSince: row.totpEnabledAt?.toISOString() ?? null,
      };
}

export async function findByWhatWasMade(
  client: Prisma.TransactionClient,
  passwordSalt: Uint8Array,
  { publicKey, seedByPassword, seedByRecovery }: MadeOfPassword['vault'],
): Promise<PasswordProof | null> {
  const row = await guarded(() =>
    client.account.findFirst({
      where: {
        passwordSalt: Buffer.from(passwordSalt),
        vaultPublicKey: Buffer.from(publicKey),
        vaultSeedByPassword: Buffer.from(seedByPassword),
        ...(seedByRecovery === null ? {} : { vaultSeedByRecovery: Buffer.from(seedByRecovery) }),
      },
      select: { id: true, signInHash: true },
    }),
  );
  return row === null ? null : { accountId: row.id, signInHash: row.signInHash };
}
