/**
 * Runs Argon2id away from the page, which stays alive meanwhile. A classic
 * worker from this site's own address: no blob, so the policy `worker-src
 * 'self'` holds. It compiles WebAssembly, so its own response needs
 * `wasm-unsafe-eval` if it carries a policy at all.
 */
import { argon2id } from 'hash-wasm';
import type { StretchAnswer, StretchOrder } from './stretch-messages';

self.onmessage = async ({ data: order }: MessageEvent<StretchOrder>) => {
  self.postMessage(await stretch(order));
};

async function stretch({
  id,
  passphrase,
  lock,
  outputBytes,
}: StretchOrder): Promise<StretchAnswer> {
  try {
    const stretched = await argon2id({
      password: passphrase,
      salt: lock.salt,
      memorySize: lock.memoryKiB,
      iterations: lock.passes,
      parallelism: lock.lanes,
      hashLength: outputBytes,
      outputType: 'binary',
    });
    return { id, stretched };
  } catch {
    // No room for 64 MiB, or WebAssembly is switched off: the page says what to do instead.
    return { id, stretched: null };
  } finally {
    passphrase.fill(0);
  }
}
