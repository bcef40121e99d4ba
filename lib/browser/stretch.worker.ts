/**
 * Runs Argon2id away from the page, which stays alive meanwhile. A classic
 * worker from this site's own address: no blob, so the policy `worker-src
 * 'self'` holds. It compiles WebAssembly, so its own response needs
 * `wasm-unsafe-eval` if it carries a policy at all.
 */
import { argon2id } from 'hash-wasm';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { StretchAnswer, StretchBegun, StretchOrder } from './stretch-passphrase';

self.onmessage = async ({ data: order }: MessageEvent<StretchOrder>) => {
  self.postMessage({ id: order.id, isBegun: true } satisfies StretchBegun);
  self.postMessage(await stretch(order));
};

async function stretch({
  id,
  passphrase,
  lock,
  outputBytes,
}: StretchOrder): Promise<StretchAnswer> {
  try {
    const stretched = await byWebAssembly(passphrase, lock, outputBytes).catch(async () => {
      // Switched off, as phones do for people who fear to be attacked: slower, but it comes.
      const { stretchByScript } = await import('./stretch-by-script');
      return stretchByScript(passphrase, lock, outputBytes);
    });
    return { id, stretched };
  } catch {
    // No room for 64 MiB: the page says what to do instead.
    return { id, stretched: null };
  } finally {
    passphrase.fill(0);
  }
}

/** Rejects, whatever it is that fails: also where there is no WebAssembly to speak of. */
async function byWebAssembly(
  passphrase: Uint8Array,
  lock: PassphraseLock,
  outputBytes: number,
): Promise<Uint8Array> {
  return argon2id({
    password: passphrase,
    salt: lock.salt,
    memorySize: lock.memoryKiB,
    iterations: lock.passes,
    parallelism: lock.lanes,
    hashLength: outputBytes,
    outputType: 'binary',
  });
}
