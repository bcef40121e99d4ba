/**
 * Whether this instance can do what it is for. Rules: what can be tried is tried, not guessed; an
 * answer is codes and nothing about the inside.
 */
import 'server-only';
import { unreadableFactors } from './accounts/accounts-key-watch';
import { database } from './database';
import { databaseClock } from './database-clock';
import { askTime, databaseWasFull } from './database-errors';
import { isDatabaseUnsafe, watchDurability } from './durability';
import { historyGuard } from './history/process-history';
import { diskTroubleOf, KeyringError, systemCodeOf } from './keyring/private-file';
import { logFailure } from './log-failure';
import { once } from './runtime';
import { settings } from './settings';

/** What keeps this instance from sealing and opening. */
export type HealthProblem =
  | 'database_away'
  | 'database_disk_full'
  | 'database_unsafe'
  | 'database_unusable'
  | 'keyring_disk_full'
  | 'keyring_read_only'
  | 'keyring_unusable'
  /** Looking itself failed, by a bug, which says nothing about database or keyring. */
  | 'fault';

/** What the instance works in spite of, and its operator should look at. */
export type HealthWarning = 'accounts_key_lost' | 'clocks_differ';

export interface Health {
  readonly problems: readonly HealthProblem[];
  readonly warnings: readonly HealthWarning[];
}

/** Milliseconds that a written probe counts for: however often it is asked, little is written. */
const KEPT = 2_000;
/** Milliseconds after which a disk that does not answer counts as one that can't be written. */
const PATIENCE = 3_000;

interface Probe {
  atMs: number;
  problem: Promise<HealthProblem | null>;
}

const lastProbe = once('health', (): { probe: Probe | null } => ({ probe: null }));

/** Looks at database, keyring and clock. */
export async function examineHealth(): Promise<Health> {
  const [ofDatabase, ofKeyring] = await Promise.all([problemOfDatabase(), probeKeyring()]);
  return {
    problems: [...new Set([ofDatabase, ofKeyring])].filter((problem) => problem !== null),
    warnings: [
      ...(unreadableFactors() > 0 ? (['accounts_key_lost'] as const) : []),
      ...(databaseClock().isFarOff() ? (['clocks_differ'] as const) : []),
    ],
  };
}

/** Or what was seen within the last seconds. */
function probeKeyring(nowMs = performance.now()): Promise<HealthProblem | null> {
  const held = lastProbe();
  if (held.probe === null || nowMs - held.probe.atMs > KEPT) {
    held.probe = { atMs: nowMs, problem: problemOfKeyring() };
  }
  return held.probe.problem;
}

async function problemOfDatabase(): Promise<HealthProblem | null> {
  try {
    databaseClock().learn(await askTime(database()));
    await watchDurability(database());
    if (isDatabaseUnsafe() && !settings().allowUnsafeDatabase) return 'database_unsafe';
    return databaseWasFull() ? 'database_disk_full' : null;
  } catch (error) {
    return problemOf(error);
  }
}

/** What opening a secret writes beside the keyring, written once more. */
async function problemOfKeyring(): Promise<HealthProblem | null> {
  try {
    await withPatience(historyGuard().proveRecordable());
    return null;
  } catch (error) {
    return problemOf(error);
  }
}

/** By names: an error of another bundle has a class of that bundle. */
function problemOf(error: unknown): HealthProblem {
  switch (error instanceof Error ? error.name : null) {
    case 'DatabaseAway':
      return 'database_away';
    case 'DatabaseFault':
      return 'database_unusable';
    case 'KeyringError':
    case 'MarkError': {
      const trouble = diskTroubleOf(systemCodeOf(error));
      return trouble === null ? 'keyring_unusable' : `keyring_${DISK_WORDS[trouble]}`;
    }
    default:
      logFailure('health', error);
      return 'fault';
  }
}

const DISK_WORDS = { full: 'disk_full', read_only: 'read_only' } as const;

async function withPatience(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new KeyringError('The disk of the keyring does not answer.'));
    }, PATIENCE);
  });
  try {
    await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
