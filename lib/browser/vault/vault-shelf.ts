/**
 * Where this browser puts down what it keeps of an open vault: its IndexedDB, or where a browser
 * refuses that (private windows, site data blocked), this page's memory, with which it goes.
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
  return within('readwrite', async (store) => {
    const kept = await promisifyRequest<KeptVault | undefined>(store.get(NAME));
    if (kept !== undefined) await promisifyRequest(store.put(change(kept), NAME));
    return kept !== undefined;
  });
}

export async function eraseKept(): Promise<void> {
  if (inMemory !== null) {
    inMemory = undefined;
    return;
  }
  try {
    await within('readwrite', (store) => promisifyRequest(store.delete(NAME)));
  } catch {
    // Where nothing can be kept there is nothing to erase.
  }
}

async function within<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  database ??= createStore('sealpost', 'vault');
  return database(mode, work);
}
