import { argon2id } from 'hash-wasm';
import { stretchOnce } from './stretch-once';

/** Argon2id as a browser runs it: WebAssembly. */
export const stretchWithHashWasm = stretchOnce((passphraseBytes, lock) =>
  argon2id({
    password: passphraseBytes,
    salt: lock.salt,
    memorySize: lock.memoryKiB,
    iterations: lock.passes,
    parallelism: lock.lanes,
    hashLength: 32,
    outputType: 'binary',
  }),
);
