/**
 * Where this browser puts down what it keeps of an open vault: its IndexedDB, or where a browser
 * refuses that or never answers (private windows, site data blocked, a profile that is broken), this
 * page's memory, with which it goes.
 */
import { createStore, promisifyRequest, type UseStore } from 'idb-keyval';

/** What is kept opens nothing by itself: see `vault-memory.ts`. */
export interface KeptVault {
  readonly accountId: string;
  /** For HKDF, with the session's share. */
  readonly localKey: CryptoKey;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealedSeed: ArrayBuffer;
  readonly publicKey: Uint8Array;
  readonly lockAfterMs: number;
  readonly lastUsedMs: number;
}

const NAME = 'vault';
/** Milliseconds for which the database may think; then it counts as refused. */
const PATIENCE_MS = 3_000;

let database: UseStore | undefined;
/** What the database would not take; `undefined` for nothing, `null` while it takes it. */
let inMemory: KeptVault | undefined | null = null;

/** Whether what is kept goes with this page, as far as was seen. */
export function goesWithThePage(): boolean {
  return inMemory !== null;
}

export async function readKept(): Promise<KeptVault | undefined> {
  if (inMemory !== null) return inMemory;
  try {
    return await within('readonly', (store) =>
      promisifyRequest<KeptVault | undefined>(store.get(NAME)),
    );
  } catch {
    inMemory = undefined; // What can't be asked keeps nothing.
    return undefined;
  }
}

export async function putKept(kept: KeptVault): Promise<void> {
  if (inMemory === null) {
    try {
      await within('readwrite', (store) => promisifyRequest(store.put(kept, NAME)));
      return;
    } catch {
      // The memory of this page, from now on.
    }
  }
  inMemory = kept;
}

/**
 * Alters what is kept, and puts nothing back that another tab has erased meanwhile.
 *
 * @returns whether there was something
 */
export async function changeKept(change: (kept: KeptVault) => KeptVault): Promise<boolean> {
  if (inMemory !== null) {
    inMemory &&= change(inMemory);
    return inMemory !== undefined;
  }
  try {
    return await within('readwrite', async (store) => {
      const kept = await promisifyRequest<KeptVault | undefined>(store.get(NAME));
      if (kept !== undefined) await promisifyRequest(store.put(change(kept), NAME));
      return kept !== undefined;
    });
  } catch {
    inMemory = undefined; // What can't be changed can't be kept in time.
    return false;
  }
}

export async function eraseKept(): Promise<void> {
  const erasing = within('readwrite', (store) => promisifyRequest(store.delete(NAME))).catch(
    // Where nothing can be kept there is nothing to erase.
    () => undefined,
  );
  if (inMemory === null) await erasing;
  // What the database had before it stopped answering goes too, should it come round.
  else inMemory = undefined;
}

/** Rejects in time, and what has not answered by then changes nothing any more. */
async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  database ??= createStore('sealpost', 'vault');
  const late = new AbortController();
  const done = database(mode, (store) => {
    late.signal.throwIfAborted();
    late.signal.addEventListener('abort', () => store.transaction.abort());
    return work(store);
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('The database of this browser does not answer.'));
      late.abort();
    }, PATIENCE_MS);
  });
  try {
    return await Promise.race([done, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
