/** Destroying a message unread: by whoever holds its link, or by its sender. */
import { deriveKnockVerifier, deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import { locateMessage } from './locate-message';
import { stateOfUnfound } from './look-at-server-sealed';
import { statusStateOf } from './look-at-status';
import type { Ending, StatusState } from './outcomes';
import type { MessageDesk, MessageRecord } from './ports';
import { endingOfRefused } from './views';

export type DestroyResult =
  { readonly status: 'ended'; readonly ending: Ending } | { readonly status: 'unknown' };

/** By the recipient of a server-sealed link, unread. */
export async function destroyServerSealed(
  desk: MessageDesk,
  linkToken: string,
): Promise<DestroyResult | { readonly status: 'unreadable' }> {
  const located = await locateMessage(desk.keyring, linkToken, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const linkVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, linkToken);
  const record = await desk.store.destroy(located.address, { who: 'RECIPIENT', linkVerifier });
  return record === null ? stateOfUnfound(desk, located.address) : told(record);
}

/** By the recipient of a browser-sealed link, who proves it with its knock proof. */
export async function destroyBrowserSealed(
  desk: MessageDesk,
  { token, knockProof }: { readonly token: string; readonly knockProof: Uint8Array },
): Promise<DestroyResult> {
  const located = await locateMessage(desk.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveKnockVerifier(located.epoch.keys.verifierKey, knockProof);
  return told(await desk.store.destroy(located.address, { who: 'RECIPIENT', knockVerifier }));
}

/** By the sender, through the status link. */
export async function destroyFromStatus(
  desk: MessageDesk,
  statusToken: string,
): Promise<StatusState> {
  const located = await locateMessage(desk.keyring, statusToken, 'status');
  if (located === null) return { status: 'unknown' };
  const record = await desk.store.destroy(located.address, { who: 'SENDER' });
  return record === null ? { status: 'unknown' } : statusStateOf(record);
}

function told(record: MessageRecord | null): DestroyResult {
  return record === null
    ? { status: 'unknown' }
    : { status: 'ended', ending: endingOfRefused(record) };
}
