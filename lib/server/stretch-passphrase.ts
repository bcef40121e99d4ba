import { toStretchedPassphrase } from '@/lib/protocol/bytes';
import 'server-only';
import { availableParallelism } from 'node:os';
import { argon2id, hash } from 'argon2';
import { STRETCHED_PASSPHRASE_BYTES } from '@/lib/protocol/constants';
import { checkPassphraseLock, type StretchPassphrase } from '@/lib/protocol/passphrase';
import { createFairQueue } from './fair-queue';
import { clientAddress, clientHasLeft } from './request-context';
import { once } from './runtime';

/** Argon2id (RFC 9106) on the thread pool: 64 MiB and about a fifth of a second of one core. */
export const stretchPassphrase: StretchPassphrase = async (passphraseBytes, lock) => {
  const { salt, memoryKiB, passes, lanes } = checkPassphraseLock(lock);
  return toStretchedPassphrase(
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

/** One core stays free for everything else. Many cores are no reason for more: each takes 64 MiB. */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));
/** Those who open or seal bring up to three megabytes each, and the work for an account is short. */
const WAITING = { open: 24, seal: 24, account: 200, known: 64 } as const;
/** Milliseconds: waiting some seconds is better than asking again. */
const PATIENCE = 8_000;

const stretchingRoom = once('stretching room', () =>
  createFairQueue<StretchingKind>({ atOnce: AT_ONCE, waiting: WAITING, patience: PATIENCE }),
);

/** `known`: for an account too, from a browser that has signed in to it before. */
export type StretchingKind = 'open' | 'seal' | 'account' | 'known';

/**
 * Runs work that stretches a passphrase when its turn comes; null when too many wait already, or for
 * too long, or the client has left meanwhile. All take turns by the client's address, openings by
 * message, too.
 */
export async function withStretchingRoom<T>(
  { kind, of }: { readonly kind: StretchingKind; readonly of?: string },
  work: () => Promise<T>,
): Promise<T | null> {
  const parties = [`address ${clientAddress()}`, ...(of === undefined ? [] : [`${kind} ${of}`])];
  return stretchingRoom().run({ kind, parties }, async () => (clientHasLeft() ? null : work()));
}
