import { deriveKnockVerifier } from '@/lib/protocol/verifiers';
import { locateMessage } from './locate-message';
import { hashClaimNonce } from './nonce';
import type { KnockResult } from './outcomes';
import type { MessageDesk } from './ports';
import { endingOf, isoTime, lockView, triesLeft } from './views';

export interface Knock {
  /** ID1 */
  readonly token: string;
  /** 32 bytes */
  readonly knockProof: Uint8Array;
  /** The claim nonce of this tab, if it has claimed before and lost the answer. */
  readonly nonce: string | null;
}

/**
 * Tells a browser that proves its link what there is to open. Changes nothing:
 * a page may knock by itself, and so may a scanner that runs its scripts.
 *
 * @see lib/protocol/README.md, Browser seal: knocking
 */
export async function knock(
  desk: MessageDesk,
  { token, knockProof, nonce }: Knock,
): Promise<KnockResult> {
  const located = await locateMessage(desk.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const found = await desk.store.findByKnock(
    located.address,
    await deriveKnockVerifier(located.epoch.keys.verifierKey, knockProof),
    nonce === null ? null : await hashClaimNonce(nonce),
  );
  if (found === null) return { status: 'unknown' };
  const ending = found.resumable ? null : endingOf(found.record);
  if (ending !== null) return { status: 'ended', ending };
  if (found.record.isRefused) return { status: 'refused', refusal: 'database_rewound' };
  return {
    status: 'waiting',
    expiresAt: isoTime(found.record.expiresAtMs),
    lock: found.lock === null ? null : lockView(found.lock),
    triesLeft: triesLeft(found.record),
  };
}
