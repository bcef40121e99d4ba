/** Account keys, recovery codes and vaults. */
import { deriveAccountKeys } from '@/lib/protocol/keys';
import {
  toIv,
  toRecoveryKey,
  toRecoverySecret,
  toStretchedPassphrase,
  toVaultKey,
  toVaultPublicKey,
  toVaultSeed,
} from '@/lib/protocol/bytes';
import { normalizePassphrase, type StretchPassphrase } from '@/lib/protocol/passphrase';
import { deriveRecoveryKey, formatRecoveryCode, readRecoveryCode } from '@/lib/protocol/codes';
import {
  unwrapVaultSeed,
  vaultAssociatedData,
  vaultPublicKeyOf,
  wrapVaultSeed,
} from '@/lib/protocol/vault';
import type {
  AccountKeyVectors,
  RecoveryCodeVectors,
  VaultVectors,
} from '../account-vector-shapes';
import {
  expectBytes,
  expectRefusal,
  expectSame,
  fromHex,
  lockOrNull,
  type VectorCheck,
} from './vector-check';

export function accountKeyChecks(
  { cases, refusals }: AccountKeyVectors,
  stretchPassphrase: StretchPassphrase,
): VectorCheck[] {
  return [
    ...cases.map((vector) => ({
      name: `account keys: ${vector.name}`,
      run: async () => {
        const lock = lockOrNull(vector.lock);
        if (lock !== null) {
          const normalized = normalizePassphrase(vector.password ?? '', 'verbatim');
          const stretched = await stretchPassphrase(normalized, lock);
          expectBytes('stretched password', stretched, vector.stretchedPassword);
        }
        const stretched = toStretchedPassphrase(fromHex(vector.stretchedPassword));
        const keys = await deriveAccountKeys(stretched);
        expectBytes('sign-in key', keys.signInKey, vector.signInKey);
        expectBytes('vault key', keys.vaultKey, vector.vaultKey);
      },
    })),
    ...refusals.map(({ name, stretchedPassword, error }) => ({
      name: `account keys refused: ${name}`,
      run: () =>
        expectRefusal(error, () =>
          deriveAccountKeys(toStretchedPassphrase(fromHex(stretchedPassword))),
        ),
    })),
  ];
}

export function recoveryCodeChecks(vectors: RecoveryCodeVectors): VectorCheck[] {
  return [
    ...vectors.cases.map(({ secret, code, recoveryKey }) => ({
      name: `recovery code: ${code}`,
      run: async () => {
        expectSame('code', await formatRecoveryCode(toRecoverySecret(fromHex(secret))), code);
        expectBytes('secret', await readRecoveryCode(code), secret);
        expectBytes(
          'recovery key',
          await deriveRecoveryKey(toRecoverySecret(fromHex(secret))),
          recoveryKey,
        );
      },
    })),
    ...vectors.spellings.map(({ name, text, secret }) => ({
      name: `recovery code: ${name}`,
      run: async () => expectBytes('secret', await readRecoveryCode(text), secret),
    })),
    ...vectors.refusals.map(({ name, text, error }) => ({
      name: `recovery code refused: ${name}`,
      run: () => expectRefusal(error, () => readRecoveryCode(text)),
    })),
    ...vectors.refusedSecrets.map(({ name, secret, error }) => ({
      name: `recovery key refused: ${name}`,
      run: () => expectRefusal(error, () => deriveRecoveryKey(toRecoverySecret(fromHex(secret)))),
    })),
  ];
}

export function vaultChecks({ cases, refusals }: VaultVectors): VectorCheck[] {
  return [
    ...cases.map((vector) => ({ name: `vault: ${vector.name}`, run: () => checkVault(vector) })),
    ...refusals.map((vector) => ({
      name: `vault refused: ${vector.name}`,
      run: () => expectRefusal(vector.error, () => unwrap(vector)),
    })),
  ];
}

type WrappedVault = Omit<VaultVectors['refusals'][number], 'name' | 'error'>;

async function checkVault(vector: VaultVectors['cases'][number]): Promise<void> {
  const seed = toVaultSeed(fromHex(vector.seed));
  const publicKey = await vaultPublicKeyOf(seed);
  expectBytes('public key', publicKey, vector.publicKey);
  const method = methodFrom(vector.method);
  const associatedData = await vaultAssociatedData(method, publicKey);
  expectBytes('associated data', associatedData, vector.associatedData);
  const key = fromHex(vector.wrappingKey);
  const iv = toIv(fromHex(vector.iv));
  const wrapped =
    method === 'password'
      ? await wrapVaultSeed(toVaultKey(key), method, seed, publicKey, iv)
      : await wrapVaultSeed(toRecoveryKey(key), method, seed, publicKey, iv);
  expectBytes('wrapped', wrapped, vector.wrapped);
  expectBytes('seed', await unwrap(vector), vector.seed);
}

function unwrap(vector: WrappedVault): Promise<Uint8Array> {
  const publicKey = toVaultPublicKey(fromHex(vector.publicKey));
  const key = fromHex(vector.wrappingKey);
  const wrapped = fromHex(vector.wrapped);
  return methodFrom(vector.method) === 'password'
    ? unwrapVaultSeed(toVaultKey(key), 'password', wrapped, publicKey)
    : unwrapVaultSeed(toRecoveryKey(key), 'recovery', wrapped, publicKey);
}

function methodFrom(method: string): 'password' | 'recovery' {
  if (method === 'password' || method === 'recovery') return method;
  throw new Error(`no such method: ${method}`);
}
