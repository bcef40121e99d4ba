import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { KeyringError, systemCodeOf, unusable } from './private-file';
import 'server-only';

/** A holder that was killed is taken for dead after this long. */
const STALE_MS = 5_000;
/** How often a lock that another holds is asked for again, and after how many milliseconds. */
const ATTEMPTS = 200;
const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 80;

/**
 * Runs `work` while no other instance, process or part of this process changes the keyring.
 * `work` asks `isHeld` right before it writes: a process that was frozen may have lost the lock.
 *
 * @throws KeyringError when the lock cannot be had.
 */
export async function withKeyringLock<T>(
  file: string,
  work: (isHeld: () => boolean) => Promise<T>,
): Promise<T> {
  const state = { held: true };
  const release = await takeLock(file, () => {
    state.held = false;
  });
  try {
    return await work(() => state.held);
  } finally {
    // A lock that was lost is another's now and not ours to release.
    if (state.held) {
      await release().catch((error: unknown) => {
        throw unusable(file, error);
      });
    }
  }
}

async function takeLock(file: string, onCompromised: () => void): Promise<() => Promise<void>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      return await lock(file, { realpath: false, stale: STALE_MS, onCompromised });
    } catch (error) {
      const code = systemCodeOf(error);
      // The library would also wait for a disk that is full or read-only.
      if (code !== 'ELOCKED' || attempt === ATTEMPTS) {
        throw new KeyringError(
          `The keyring ${file} cannot be locked for a change: ${code ?? 'unknown error'}.`,
          code,
        );
      }
      await delay(SHORTEST_PAUSE + Math.random() * (LONGEST_PAUSE - SHORTEST_PAUSE));
    }
  }
}
