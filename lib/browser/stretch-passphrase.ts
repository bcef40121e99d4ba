import { toStretchedPassphrase, type StretchedPassphrase } from '@/lib/protocol/bytes';
import { STRETCHED_PASSPHRASE_BYTES } from '@/lib/protocol/constants';
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase, type PassphraseLock } from '@/lib/protocol/passphrase';
import { BrowserTrouble, loadPart } from './browser-trouble';

/** What the page asks its worker for. */
export interface StretchOrder {
  readonly id: number;
  /** Normalised UTF-8; the worker wipes its copy. */
  readonly passphrase: Uint8Array;
  readonly lock: PassphraseLock;
  readonly outputBytes: number;
}

/** Said at once: the worker is there, however long it takes then. */
export interface StretchBegun {
  readonly id: number;
  readonly isBegun: true;
}

/** `stretched` is null where this device can't do it. */
export interface StretchAnswer {
  readonly id: number;
  readonly stretched: Uint8Array | null;
}

/** Whether a passphrase, not empty, keeps the protocol's own limits once it is normalised. */
export function fitsAsPassphrase(passphrase: string): boolean {
  try {
    normalizePassphrase(passphrase, 'verbatim');
    return true;
  } catch (error) {
    if (error instanceof ProtocolError) return false;
    throw error;
  }
}

/**
 * Milliseconds in which a worker must say that it has begun: its script may have a slow way. How
 * long the work itself takes is up to the device.
 */
const PATIENCE_MS = 10_000;

/** One worker for the life of the page: its WebAssembly is compiled once. */
let idleWorker: Worker | null = null;
let lastOrder = 0;

/** null where this browser gives the page no worker. */
function takeWorker(): Worker | null {
  const taken = idleWorker;
  idleWorker = null;
  if (taken !== null) return taken;
  try {
    return new Worker(new URL('./stretch.worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

/** Loads the worker ahead of its use, when a passphrase is being typed. */
export function prepareStretching(): void {
  idleWorker ??= takeWorker();
}

/**
 * Argon2id: P, 32 bytes. Takes half a second to several seconds and 64 MiB. Argon2 tells no
 * progress. It runs in a worker; where there is none, in the page, between whose slices of work
 * it can still be cancelled.
 *
 * @param passphraseBytes normalised UTF-8
 * @param signal stops the work
 * @throws BrowserTrouble 'stretching_failed' where this device can't; 'cancelled'
 */
export async function stretchInBrowser(
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
  signal?: AbortSignal,
): Promise<StretchedPassphrase> {
  if (signal?.aborted === true) throw new BrowserTrouble('cancelled');
  const worker = takeWorker();
  const stretched =
    worker === null ? null : await stretchInWorker(worker, passphraseBytes, lock, signal);
  return toStretchedPassphrase(stretched ?? (await stretchInPage(passphraseBytes, lock, signal)));
}

/** null for a worker that never came to work: its script was refused, or nothing is heard of it. */
function stretchInWorker(
  worker: Worker,
  passphrase: Uint8Array,
  lock: PassphraseLock,
  signal?: AbortSignal,
): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    const id = ++lastOrder;
    const settle = (keepWorker: boolean) => {
      clearTimeout(silence);
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

    const giveUp = () => {
      settle(false);
      resolve(null);
    };
    const silence = setTimeout(giveUp, PATIENCE_MS);

    worker.onmessage = ({ data: answer }: MessageEvent<StretchAnswer | StretchBegun>) => {
      if (answer.id !== id) return;
      if ('isBegun' in answer) {
        clearTimeout(silence);
        return;
      }
      if (answer.stretched === null) {
        fail('stretching_failed');
        return;
      }
      settle(true);
      resolve(answer.stretched);
    };
    worker.onerror = giveUp;
    signal?.addEventListener('abort', cancel, { once: true });
    worker.postMessage({
      id,
      passphrase,
      lock,
      outputBytes: STRETCHED_PASSPHRASE_BYTES,
    } satisfies StretchOrder);
  });
}

async function stretchInPage(
  passphraseBytes: Uint8Array,
  lock: PassphraseLock,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { stretchByScript } = await loadPart(() => import('./stretch-by-script'));
  try {
    return await stretchByScript(passphraseBytes, lock, STRETCHED_PASSPHRASE_BYTES, signal);
  } catch (cause) {
    throw new BrowserTrouble(signal?.aborted === true ? 'cancelled' : 'stretching_failed', {
      cause,
    });
  }
}
