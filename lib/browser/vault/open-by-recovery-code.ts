import type { RecoveryView } from '@/lib/accounts/views';
import { decodeBase64url } from '@/lib/protocol/base64url';
import { toVaultPublicKey } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { deriveRecoveryKey, readRecoveryCode } from '@/lib/protocol/recovery-code';
import { unwrapVaultSeed } from '@/lib/protocol/vault';
import type { OpenVault } from './vault-memory';

/** Opens a vault with its recovery code, which stays in this browser. Null for a wrong code. */
export async function openByRecoveryCode(
  sealed: Pick<RecoveryView, 'vaultPublicKey' | 'vaultSeedByRecovery'>,
  code: string,
): Promise<OpenVault | null> {
  const publicKey = toVaultPublicKey(decodeBase64url(sealed.vaultPublicKey));
  const wrapped = decodeBase64url(sealed.vaultSeedByRecovery);
  try {
    const recoveryKey = await deriveRecoveryKey(await readRecoveryCode(code));
    return { seed: await unwrapVaultSeed(recoveryKey, 'recovery', wrapped, publicKey), publicKey };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
