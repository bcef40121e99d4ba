import { SERVER_KEY_BYTES } from '@/lib/protocol/constants';
import { decodeBase64url, toServerKey } from '@/lib/protocol/bytes';
import { deriveServerKeys, type ServerKeys } from '@/lib/protocol/keys';
import {
  activeEpoch,
  expiryClassOf,
  keptOpenUntil,
  openUntilAtLeast,
  rotatedAll,
  rotatedIfDue,
  without,
  withoutEnded,
} from './epoch-rules';
import {
  keyringFileIdentity,
  readKeyringFile,
  writeKeyringFile,
  type ExpiryClass,
  type StoredEpoch,
  type StoredEpochs,
} from './keyring-file';
import { withKeyringLock } from './keyring-lock';
import { KeyringError } from './private-file';
import 'server-only';

/*
 * The server keys (K1), one an epoch, in a file outside the database that several app instances
 * share. The file is the only truth: every use looks whether it was replaced, so what another
 * instance or `npm run keys` changed counts at the next request. Every change reads it anew under
 * the lock.
 */

/** An epoch without its key. Times are milliseconds since 1970. */
export interface EpochSummary {
  readonly id: string;
  readonly expiryClass: ExpiryClass;
  readonly createdAtMs: number;
  readonly retiredAtMs: number | null;
  readonly openUntilMs: number;
}

/** One server key (K1) and what is derived from it. */
export interface Epoch {
  readonly id: string;
  readonly keys: ServerKeys;
}

/** What sealing and opening need of the keyring. */
export interface Keyring {
  /**
   * The epoch that seals now what lives this long, once it is on record to live until `expiresAtMs`.
   *
   * @param lifetimeSeconds from now on; Infinity for what may be extended
   */
  sealingEpoch(expiresAtMs: number, lifetimeSeconds: number): Promise<Epoch>;
  /** Every epoch that can still open, newest first. */
  liveEpochs(): Promise<readonly Epoch[]>;
  /**
   * Puts on record that an epoch must be able to open until `untilMs`; false
   * if there is no such epoch any more. Requests live for longer than the week in which theirs seals.
   */
  keepEpoch(id: string, untilMs: number): Promise<boolean>;
}

export interface ManagedKeyring extends Keyring {
  /**
   * Retires the epochs that have had their time, and destroys the retired ones whose last message
   * has expired. That can't be undone, so no single clock may decide it.
   *
   * @param nowMs what the slowest of the clocks shows that have to agree; milliseconds since 1970
   * @returns the ids of the destroyed ones
   */
  destroyEndedEpochs(nowMs: number): Promise<string[]>;
  /** Begins a new epoch at once in place of each that seals now. Returns their ids. */
  rotate(): Promise<string[]>;
  /** Destroys one epoch with everything it sealed; false when there is no such epoch. */
  destroy(id: string): Promise<boolean>;
  /** Every epoch, newest first. */
  list(): Promise<EpochSummary[]>;
}

interface Loaded {
  identity: string;
  epochs: StoredEpochs;
}

/**
 * The keyring in `file`, which is made with its first epoch at first use.
 *
 * @throws KeyringError from every method when the file cannot be used.
 */
export function createKeyring({
  file,
  now = Date.now,
  leaseSeconds = 0,
}: {
  file: string;
  now?: () => number;
  /** For so long after it expired, what was claimed just before may be asked for again. */
  leaseSeconds?: number;
}): ManagedKeyring {
  const untilLeaseEnds = (untilMs: number) => untilMs + leaseSeconds * 1000;
  let loaded: Loaded | undefined;
  const derived = new Map<string, Promise<ServerKeys>>();

  const read = async (): Promise<StoredEpochs | null> => {
    const identity = await keyringFileIdentity(file);
    if (identity !== null && identity === loaded?.identity) return loaded.epochs;
    const epochs = await readKeyringFile(file);
    if (epochs === null) return null;
    if (identity !== null) loaded = { identity, epochs };
    for (const id of derived.keys()) {
      if (!epochs.some((epoch) => epoch.id === id)) derived.delete(id);
    }
    return epochs;
  };

  const change = (step: (epochs: StoredEpochs) => StoredEpochs): Promise<StoredEpochs> =>
    withKeyringLock(file, async (isHeld) => {
      const before = (await readKeyringFile(file)) ?? [];
      const after = step(before);
      if (after === before) return before;
      if (!isHeld()) throw new KeyringError(`The lock on ${file} was lost before it was changed.`);
      await writeKeyringFile(file, after);
      return after;
    });

  const readOrMake = async (): Promise<StoredEpochs> =>
    (await read()) ?? (await change((epochs) => withoutEnded(epochs, now())));

  const withKeys = async (stored: StoredEpoch): Promise<Epoch> => {
    let keys = derived.get(stored.id);
    if (keys === undefined) {
      keys = deriveServerKeys(toServerKey(decodeBase64url(stored.key, SERVER_KEY_BYTES)));
      derived.set(stored.id, keys);
    }
    return { id: stored.id, keys: await keys };
  };

  return {
    async sealingEpoch(expiresAtMs, lifetimeSeconds) {
      const expiryClass = expiryClassOf(lifetimeSeconds);
      const step = (epochs: StoredEpochs) =>
        openUntilAtLeast(
          rotatedIfDue(epochs, expiryClass, now()),
          expiryClass,
          untilLeaseEnds(expiresAtMs),
        );
      const epochs = await readOrMake();
      const sealing = step(epochs) === epochs ? epochs : await change(step);
      const active = activeEpoch(sealing, expiryClass);
      if (active === undefined) throw new Error('An epoch that was just begun is not there.');
      return withKeys(active);
    },

    async liveEpochs() {
      return Promise.all((await readOrMake()).toReversed().map(withKeys));
    },

    async keepEpoch(id, untilMs) {
      const step = (epochs: StoredEpochs) => keptOpenUntil(epochs, id, untilLeaseEnds(untilMs));
      const epochs = await readOrMake();
      const kept = step(epochs) === epochs ? epochs : await change(step);
      return kept.some((epoch) => epoch.id === id);
    },

    async destroyEndedEpochs(nowMs) {
      const step = (epochs: StoredEpochs) => withoutEnded(epochs, nowMs);
      const epochs = await readOrMake();
      if (step(epochs) === epochs) return [];
      let ended: string[] = [];
      await change((current) => {
        const after = step(current);
        ended = current
          .filter(({ id }) => !after.some((epoch) => epoch.id === id))
          .map(({ id }) => id);
        return after;
      });
      return ended;
    },

    async rotate() {
      let begun: string[] = [];
      await change((epochs) => {
        const after = rotatedAll(epochs, now());
        begun = after.slice(epochs.length).map(({ id }) => id);
        return after;
      });
      return begun;
    },

    async destroy(id) {
      let found = false;
      await change((epochs) => {
        found = epochs.some((epoch) => epoch.id === id);
        return without(epochs, id, now());
      });
      return found;
    },

    async list() {
      return (await readOrMake()).toReversed().map((epoch) => ({
        id: epoch.id,
        expiryClass: epoch.expiryClass,
        createdAtMs: Date.parse(epoch.createdAt),
        retiredAtMs: epoch.retiredAt === null ? null : Date.parse(epoch.retiredAt),
        openUntilMs: Date.parse(epoch.openUntil),
      }));
    },
  };
}
