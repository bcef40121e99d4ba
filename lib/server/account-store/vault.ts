import 'server-only';
import type { StoredVault } from '@/lib/accounts/vault-records';
import { guarded } from '../database-errors';
import type { PrismaClient } from '../prisma-client/client';

/** An account's own vault, for its own browser. */
export async function findVault(
  client: PrismaClient,
  accountId: string,
): Promise<StoredVault | null> {
  const row = await guarded(() =>
    client.account.findUnique({
      where: { id: accountId },
      select: {
        passwordSalt: true,
        vaultPublicKey: true,
        vaultSeedByPassword: true,
        vaultLockMinutes: true,
      },
    }),
  );
  return row === null
    ? null
    : {
        passwordSalt: new Uint8Array(row.passwordSalt),
        publicKey: new Uint8Array(row.vaultPublicKey),
        seedByPassword: new Uint8Array(row.vaultSeedByPassword),
        lockMinutes: row.vaultLockMinutes,
      };
}
