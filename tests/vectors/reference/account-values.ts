/** What belongs to an account, written down a second time from the specification. */
import { ascii, gcm, hkdf, hkdfExtract, sha256, ZERO } from './primitives';
import { xWingKeys } from './x-wing';

export type WrappingMethod = 'password' | 'recovery';

export function accountKeys(stretchedPassword: Buffer) {
  return {
    pseudorandomKey: hkdfExtract(stretchedPassword),
    signInKey: hkdf(stretchedPassword, 'sealpost v1 sign in', 32),
    vaultKey: hkdf(stretchedPassword, 'sealpost v1 vault', 32),
  };
}

/** Base32 by way of one number of 160 bits. */
export function recoveryCode(secret: Buffer) {
  const checksumInput = Buffer.concat([ascii('sealpost v1 recovery code'), ZERO, secret]);
  const checksum = sha256(checksumInput).subarray(0, 4);
  const spelled = BigInt(`0x${Buffer.concat([secret, checksum]).toString('hex')}`)
    .toString(32)
    .padStart(32, '0')
    .replace(/./g, (digit) =>
      '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.charAt(Number.parseInt(digit, 32)),
    );
  return {
    checksumInput,
    checksum,
    code: spelled.match(/.{4}/g)?.join('-') ?? '',
    recoveryKey: hkdf(secret, 'sealpost v1 vault recovery', 32),
  };
}

export function vaultAssociatedData(method: WrappingMethod, publicKey: Buffer): Buffer {
  return Buffer.concat([
    ascii('sealpost v1 wrapped vault seed'),
    ZERO,
    Buffer.of(method === 'password' ? 1 : 2),
    sha256(publicKey),
  ]);
}

export function wrapVaultSeed(
  wrappingKey: Buffer,
  method: WrappingMethod,
  { seed, publicKey }: { seed: Buffer; publicKey: Buffer },
  iv: Buffer,
): Buffer {
  const associatedData = vaultAssociatedData(method, publicKey);
  return Buffer.concat([iv, gcm(wrappingKey, iv, associatedData, seed)]);
}

export function keyPair(seed: Buffer) {
  return { seed, publicKey: xWingKeys(seed).publicKey };
}
