import { beforeAll, describe, expect, it, vi } from 'vitest';
import { deriveAccountKeys } from '@/lib/protocol/keys';
import {
  randomBytes,
  toRecoveryKey,
  toStretchedPassphrase,
  toVaultKey,
} from '@/lib/protocol/bytes';
import {
  createVault,
  unwrapVaultSeed,
  vaultPublicKeyOf,
  wrapVaultSeed,
  type Vault,
} from '@/lib/protocol/vault';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Key encapsulations by the hundred: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const newVaultKey = async () =>
  (await deriveAccountKeys(toStretchedPassphrase(randomBytes(32)))).vaultKey;

describe('a vault', () => {
  let vault: Vault;
  let other: Vault;

  beforeAll(async () => {
    [vault, other] = await Promise.all([createVault(), createVault()]);
  });

  it('has a key pair of its own, and its public key follows from its seed', async () => {
    expect([vault.seed.length, vault.publicKey.length]).toEqual([32, 1216]);
    expect(Buffer.from(vault.seed)).not.toEqual(Buffer.from(other.seed));
    expect(await vaultPublicKeyOf(vault.seed)).toEqual(vault.publicKey);
  });

  it('opens by the password and by the recovery code, each with its own wrapping', async () => {
    const vaultKey = await newVaultKey();
    const recoveryKey = toRecoveryKey(randomBytes(32));
    const { seed, publicKey } = vault;
    const byPassword = await wrapVaultSeed(vaultKey, 'password', seed, publicKey);
    const byRecovery = await wrapVaultSeed(recoveryKey, 'recovery', seed, publicKey);
    expect([byPassword.length, byRecovery.length]).toEqual([60, 60]);
    const fromDatabase = Buffer.concat([Buffer.alloc(7), byPassword]).subarray(7);
    expect(await unwrapVaultSeed(vaultKey, 'password', fromDatabase, publicKey)).toEqual(seed);
    expect(await unwrapVaultSeed(recoveryKey, 'recovery', byRecovery, publicKey)).toEqual(seed);
  });

  it('is re-wrapped when the password changes: the new one opens it, the old one does not', async () => {
    const [oldKey, newKey] = await Promise.all([newVaultKey(), newVaultKey()]);
    const { publicKey } = vault;
    const before = await wrapVaultSeed(oldKey, 'password', vault.seed, publicKey);
    const seed = await unwrapVaultSeed(oldKey, 'password', before, publicKey);
    const after = await wrapVaultSeed(newKey, 'password', seed, publicKey);
    expect(await unwrapVaultSeed(newKey, 'password', after, publicKey)).toEqual(vault.seed);
    const withOld = () => unwrapVaultSeed(oldKey, 'password', after, publicKey);
    expect(await refusalOf(withOld)).toBe('bad_ciphertext');
  });

  it('stays shut under one key as if it were the other, though the bytes are the same', async () => {
    const bytes = randomBytes(32);
    const wrapped = await wrapVaultSeed(toVaultKey(bytes), 'password', vault.seed, vault.publicKey);
    const asRecovery = () =>
      unwrapVaultSeed(toRecoveryKey(bytes), 'recovery', wrapped, vault.publicKey);
    expect(await refusalOf(asRecovery)).toBe('bad_ciphertext');
  });

  it('stays shut beside the public key of another vault', async () => {
    const key = await newVaultKey();
    const wrapped = await wrapVaultSeed(key, 'password', vault.seed, vault.publicKey);
    const swapped = () => unwrapVaultSeed(key, 'password', wrapped, other.publicKey);
    expect(await refusalOf(swapped)).toBe('bad_ciphertext');
  });

  it('is never wrapped with a public key that is not its own', async () => {
    const key = await newVaultKey();
    const mixed = () => wrapVaultSeed(key, 'password', vault.seed, other.publicKey);
    expect(await refusalOf(mixed)).toBe('bad_key_pair');
  });

  it('stays shut with any single bit flipped, and with any other length', async () => {
    const key = await newVaultKey();
    const { publicKey } = vault;
    const wrapped = await wrapVaultSeed(key, 'password', vault.seed, publicKey);
    const attempts = (all: Uint8Array[]) =>
      refusalsOf(all.map((bytes) => () => unwrapVaultSeed(key, 'password', bytes, publicKey)));
    expect(await attempts(everyBitFlip(wrapped))).toEqual({ bad_ciphertext: 480 });
    const cuts = Array.from({ length: 60 }, (_, length) => wrapped.subarray(0, length));
    expect(await attempts([...cuts, Buffer.concat([wrapped, Buffer.of(0)])])).toEqual({
      bad_length: 61,
    });
  });

  it('never repeats an IV', async () => {
    const key = await newVaultKey();
    const ivs = new Set<string>();
    for (let round = 0; round < 50; round += 1) {
      const bytes = await wrapVaultSeed(key, 'password', vault.seed, vault.publicKey);
      ivs.add(Buffer.from(bytes.subarray(0, 12)).toString('hex'));
    }
    expect(ivs.size).toBe(50);
  });
});
