import { deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import { locateMessage } from './locate-message';
import type { OpenState } from './outcomes';
import type { MessageAddress, MessageDesk, MessageRecord } from './ports';
import { endingOf, isoTime, triesLeft } from './views';

/** What the page of a server-sealed link shows before anything is opened. Changes nothing, ever. */
export async function lookAtServerSealed(desk: MessageDesk, linkToken: string): Promise<OpenState> {
  const located = await locateMessage(desk.keyring, linkToken, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const linkVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, linkToken);
  const record = await desk.store.findByLink(located.address, linkVerifier);
  return record === null ? stateOfUnfound(desk, located.address) : openStateOf(record);
}

/**
 * What an authentic link is told whose verifier is not in its row: the row was altered, unless there
 * is none.
 */
export async function stateOfUnfound(
  desk: MessageDesk,
  address: MessageAddress,
): Promise<{ readonly status: 'unknown' | 'unreadable' }> {
  const isThere = (await desk.store.findForSender(address)) !== null;
  return { status: isThere ? 'unreadable' : 'unknown' };
}

/** The state of a page that shows a waiting or ended message. */
export function openStateOf(record: MessageRecord): OpenState {
  const ending = endingOf(record);
  if (ending === null && record.isRefused)
    return { status: 'refused', refusal: 'database_rewound' };
  return ending === null
    ? {
        status: 'waiting',
        needsPassphrase: record.hasPassphrase,
        expiresAt: isoTime(record.expiresAtMs),
        refusal: null,
        triesLeft: triesLeft(record),
      }
    : { status: 'ended', ending };
}
