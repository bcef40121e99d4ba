import type { VaultVectors } from '../account-vector-shapes';
import {
  accountKeys,
  keyPair,
  recoveryCode,
  vaultAssociatedData,
  wrapVaultSeed,
  type WrappingMethod,
} from '../reference/account-values';
import { fixed, gcm } from '../reference/primitives';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';

const vault = keyPair(fixed('vault seed', 32));
const otherVault = keyPair(fixed('other vault seed', 32));
const { vaultKey, signInKey } = accountKeys(fixed('stretched password', 32));
const { recoveryKey } = recoveryCode(fixed('recovery secret', 16));
const iv = fixed('vault IV', 12);

export function makeVaultVectors(): VaultVectors {
  return {
    cases: [
      vaultCase('under the password', 'password', vaultKey),
      vaultCase('under the recovery code', 'recovery', recoveryKey),
    ],
    refusals: refusals(),
  };
}

function vaultCase(name: string, method: WrappingMethod, wrappingKey: Buffer) {
  const associatedData = vaultAssociatedData(method, vault.publicKey);
  const wrapped = wrapVaultSeed(wrappingKey, method, vault, iv);
  return { name, method, ...hexOf({ wrappingKey, ...vault, associatedData, iv, wrapped }) };
}

function refusals(): VaultVectors['refusals'] {
  const good = wrapVaultSeed(vaultKey, 'password', vault, iv);
  const row = { method: 'password', ...hexOf({ wrappingKey: vaultKey, ...vault, wrapped: good }) };
  const { method, wrappingKey, publicKey, wrapped } = row;
  const base = { method, wrappingKey, publicKey, wrapped };
  const faulty = (name: string, change: Partial<typeof base>, error = 'bad_ciphertext') => ({
    ...base,
    name,
    error,
    ...change,
  });
  const bytes = (altered: Buffer) => ({ wrapped: altered.toString('hex') });
  const associatedData = vaultAssociatedData('password', vault.publicKey);
  const ofOther = gcm(vaultKey, iv, associatedData, otherVault.seed);
  const longer = gcm(vaultKey, iv, associatedData, Buffer.concat([vault.seed, Buffer.of(0)]));
  const shortTag = gcm(
    vaultKey,
    iv,
    associatedData,
    Buffer.concat([vault.seed, Buffer.alloc(4)]),
    12,
  );
  return [
    faulty('another password', { wrappingKey: fixed('another vault key', 32).toString('hex') }),
    faulty('the sign-in key', { wrappingKey: signInKey.toString('hex') }),
    faulty('as if by the recovery code', { method: 'recovery' }),
    faulty('of another vault', { publicKey: otherVault.publicKey.toString('hex') }),
    faulty('a bit of the public key flipped', {
      publicKey: withBitFlipped(vault.publicKey, 9727).toString('hex'),
    }),
    faulty('first bit of the IV flipped', bytes(withBitFlipped(good, 0))),
    faulty('first bit of the seed flipped', bytes(withBitFlipped(good, 96))),
    faulty('last bit of the tag flipped', bytes(withBitFlipped(good, 479))),
    faulty('tag of 12 bytes, in the right length', bytes(Buffer.concat([iv, shortTag]))),
    faulty(
      'a seed whose public key is another',
      bytes(Buffer.concat([iv, ofOther])),
      'bad_key_pair',
    ),
    faulty('a seed one byte long', bytes(Buffer.concat([iv, longer])), 'bad_length'),
    faulty('one byte short', bytes(good.subarray(0, -1)), 'bad_length'),
    faulty('one byte long', bytes(Buffer.concat([good, Buffer.of(0)])), 'bad_length'),
    faulty('empty', bytes(Buffer.alloc(0)), 'bad_length'),
    faulty(
      'a public key one byte short',
      { publicKey: vault.publicKey.subarray(1).toString('hex') },
      'bad_length',
    ),
  ];
}
