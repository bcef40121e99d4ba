/** How stored rows are told to people: endings, tries left, locks. */
import { encodeBase64url } from '@/lib/protocol/base64url';
import type { PassphraseLock } from '@/lib/protocol/passphrase';
import type { Ending, PassphraseLockView } from './outcomes';
import { WRONG_PASSPHRASE_LIMIT } from './policy';
import type { MessageRecord } from './ports';

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
export function endingOf(record: MessageRecord): Ending | null {
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
      return { kind: 'burned', by: BURNED_BY[record.burnedBy ?? 'SENDER'], at: endedAt };
    case 'EXPIRED':
      return { kind: 'expired', at: isoTime(record.expiresAtMs) };
  }
}

/** Of one that was kept closed meanwhile nobody can say that it was not opened. */
function endingByTime({ isRefused, expiresAtMs }: MessageRecord): Ending {
  const at = isoTime(expiresAtMs);
  return isRefused ? { kind: 'burned', by: 'restore', at } : { kind: 'expired', at };
}

/** Whether it waits behind a database that was restored, until its owner decides. */
export function isKeptClosed(record: MessageRecord): boolean {
  return record.isRefused && endingOf(record) === null;
}

/** The ending of a row that a statement refused. */
export function endingOfRefused(record: MessageRecord): Ending {
  return endingOf(record) ?? { kind: 'expired', at: isoTime(record.expiresAtMs) };
}

/** Wrong passphrases that are still allowed; null where no passphrase is asked for. */
export function triesLeft(record: MessageRecord): number | null {
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
