import { STRETCHED_PASSPHRASE_BYTES } from '@/lib/protocol/constants';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import { BrowserTrouble } from './browser-trouble';
import type { StretchAnswer, StretchOrder } from './stretch-messages';

/** One worker for the life of the page: its WebAssembly is compiled once. */
let idleWorker: Worker | null = null;
let lastOrder = 0;

function takeWorker(): Worker {
  const worker =
    idleWorker ?? new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module' });
  idleWorker = null;
  return worker;
}

/** Loads the worker ahead of its use, when a passphrase is being typed. */
export function prepareStretching(): void {
  if (typeof Worker !== 'undefined') idleWorker ??= takeWorker();
}

/**
 * Argon2id in a worker: P, 32 bytes. Takes half a second to several seconds
 * and 64 MiB. Argon2 tells no progress.
 *
 * @param passphraseBytes normalised UTF-8
 * @param signal stops the work by ending the worker
 * @throws BrowserTrouble 'stretching_failed' where this device can't; 'cancelled'
 */
export function stretchInBrowser(
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new BrowserTrouble('cancelled'));
      return;
    }
    const worker = takeWorker();
    const id = ++lastOrder;

    const settle = (keepWorker: boolean) => {
      worker.onmessage = null;
      worker.onerror = null;
      signal?.removeEventListener('abort', cancel);
      if (keepWorker && idleWorker === null) idleWorker = worker;
      else worker.terminate();
    };
    const fail = (code: 'stretching_failed' | 'cancelled') => {
      settle(false);
      reject(new BrowserTrouble(code));
    };
    const cancel = () => fail('cancelled');

    worker.onmessage = ({ data: answer }: MessageEvent<StretchAnswer>) => {
      if (answer.id !== id) return;
      if (answer.stretched === null) {
        fail('stretching_failed');
        return;
      }
      settle(true);
      resolve(answer.stretched);
    };
    worker.onerror = () => fail('stretching_failed');
    signal?.addEventListener('abort', cancel, { once: true });
    worker.postMessage({
      id,
      passphrase: passphraseBytes,
      lock,
      outputBytes: STRETCHED_PASSPHRASE_BYTES,
    } satisfies StretchOrder);
  });
}
