/** How stored rows are told to people: endings, tries left, locks. */
import { encodeBase64url } from '@/lib/protocol/bytes';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { ItemRecord } from './item';
import type { Ending, OpenState, PassphraseLockView, StatusState } from './outcomes';
import { WRONG_PASSPHRASE_LIMIT } from './policy';

const BURNED_BY = {
  SENDER: 'sender',
  RECIPIENT: 'recipient',
  WRONG_PASSPHRASES: 'wrong_passphrases',
  RESTORE: 'restore',
} as const;

/** ISO 8601, UTC. */
export function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** How the message ended, or null while it waits. A claimed message counts as opened. */
export function endingOf(record: ItemRecord): Ending | null {
  const endedAt = isoTime(record.endedAtMs ?? record.expiresAtMs);
  switch (record.state) {
    case 'SEALED':
      return record.pastExpiry ? endingByTime(record) : null;
    case 'CLAIMED':
    case 'OPENED':
      return {
        kind: 'opened',
        at: record.claimedAtMs === null ? endedAt : isoTime(record.claimedAtMs),
      };
    case 'BURNED':
      if (record.burnedBy === null || record.burnedBy === 'REQUEST_END') {
        throw new Error('A message was burned by none who can.');
      }
      return { kind: 'burned', by: BURNED_BY[record.burnedBy], at: endedAt };
    case 'EXPIRED':
      return { kind: 'expired', at: isoTime(record.expiresAtMs) };
  }
}

/** Of one that was kept closed meanwhile nobody can say that it was not opened. */
function endingByTime({ madeBeforeRestore, expiresAtMs }: ItemRecord): Ending {
  const at = isoTime(expiresAtMs);
  return madeBeforeRestore ? { kind: 'burned', by: 'restore', at } : { kind: 'expired', at };
}

/** Whether it waits behind a database that was restored, until its owner decides. */
export function isKeptClosed(record: ItemRecord): boolean {
  return record.madeBeforeRestore && endingOf(record) === null;
}

/** The ending of a row that a statement refused. */
export function endingOfRefused(record: ItemRecord): Ending {
  return endingOf(record) ?? { kind: 'expired', at: isoTime(record.expiresAtMs) };
}

/** Wrong passphrases that are still allowed; null where no passphrase is asked for. */
export function triesLeft(record: ItemRecord): number | null {
  return record.hasPassphrase
    ? Math.max(0, WRONG_PASSPHRASE_LIMIT - record.wrongPassphrases)
    : null;
}

export function lockView(lock: PassphraseLock): PassphraseLockView {
  return {
    salt: encodeBase64url(lock.salt),
    memoryKiB: lock.memoryKiB,
    passes: lock.passes,
    lanes: lock.lanes,
    profile: lock.profile,
  };
}

/** The state of a page that shows a waiting or ended server-sealed message. */
export function openStateOf(record: ItemRecord): OpenState {
  const ending = endingOf(record);
  if (ending !== null) return { status: 'ended', ending };
  if (record.madeBeforeRestore) return { status: 'refused', refusal: 'database_restored' };
  return {
    status: 'waiting',
    needsPassphrase: record.hasPassphrase,
    expiresAt: isoTime(record.expiresAtMs),
    refusal: null,
    triesLeft: triesLeft(record),
  };
}

/** What the sender's status page shows. */
export function statusStateOf(record: ItemRecord): StatusState {
  return {
    status: 'known',
    seal: record.seal,
    note: record.note,
    createdAt: isoTime(record.createdAtMs),
    expiresAt: isoTime(record.expiresAtMs),
    hasPassphrase: record.hasPassphrase,
    wrongPassphrases: record.wrongPassphrases,
    ending: endingOf(record),
    isKeptClosed: isKeptClosed(record),
    refusal: null,
  };
}
