import 'server-only';
import { argon2id, hash } from 'argon2';
import pLimit from 'p-limit';
import { STRETCHED_PASSPHRASE_BYTES } from '@/lib/protocol/constants';
import { checkPassphraseLock, type StretchPassphrase } from '@/lib/protocol/passphrase';
import { once } from './runtime';

/** Argon2id (RFC 9106) on the thread pool: 64 MiB and about a fifth of a second of one core. */
export const stretchPassphrase: StretchPassphrase = async (passphraseBytes, lock) => {
  const { salt, memoryKiB, passes, lanes } = checkPassphraseLock(lock);
  return new Uint8Array(
    await hash(Buffer.from(passphraseBytes), {
      raw: true,
      type: argon2id,
      salt: Buffer.from(salt),
      memoryCost: memoryKiB,
      timeCost: passes,
      parallelism: lanes,
      hashLength: STRETCHED_PASSPHRASE_BYTES,
    }),
  );
};

/** Two at once leave half of the thread pool to everything else; sixteen wait at most some seconds. */
const AT_ONCE = 2;
const WAITING = 16;

const stretchingRoom = once('stretching room', () => pLimit(AT_ONCE));

/** Runs work that stretches a passphrase when there is room; null when too many wait already. */
export async function withStretchingRoom<T>(work: () => Promise<T>): Promise<T | null> {
  const room = stretchingRoom();
  return room.pendingCount >= WAITING ? null : room(work);
}
