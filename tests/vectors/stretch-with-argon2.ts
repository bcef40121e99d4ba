import argon2 from 'argon2';
import { stretchOnce } from './stretch-once';

/** Argon2id as a server runs it: the reference implementation, native. */
export const stretchWithArgon2 = stretchOnce((passphraseBytes, lock) =>
  argon2.hash(Buffer.from(passphraseBytes), {
    type: argon2.argon2id,
    version: 0x13,
    salt: Buffer.from(lock.salt),
    memoryCost: lock.memoryKiB,
    timeCost: lock.passes,
    parallelism: lock.lanes,
    hashLength: 32,
    raw: true,
  }),
);
