/**
 * Opening a server-sealed message. Rules: the database is asked only for a
 * token that authenticated; Argon2 runs only for a link that exists, after one
 * of its ten tries was taken, and on the row that was stored; the secret goes out
 * only after the claim committed and was recorded outside the database.
 */
import type { Envelope } from '@/lib/protocol/envelope';
import { ProtocolError } from '@/lib/protocol/errors';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import { deriveServerLinkVerifier } from '@/lib/protocol/verifiers';
import { locateMessage, type LocatedToken } from './locate-message';
import { openStateOf } from './look-at-server-sealed';
import { hashClaimNonce } from './nonce';
import { openSecret, unlessRefused, unwrapContent } from './open-content';
import type { OpenState } from './outcomes';
import type { RefusalCode } from '@/lib/refusal-code';
import type { MessageDesk, MessageRecord, SealedContent } from './ports';
import { endingOfRefused, isoTime } from './views';

export interface OpenRequest {
  /** M2 */
  readonly token: string;
  /** base64url, 22 characters */
  readonly nonce: string;
  /** '' for none */
  readonly passphrase: string;
}

interface Opener {
  readonly desk: MessageDesk;
  readonly located: LocatedToken<'serverSeal'>;
  readonly linkVerifier: Uint8Array;
  readonly nonceHash: Uint8Array;
}

const REFUSED_BY_HISTORY: OpenState = { status: 'refused', refusal: 'database_rewound' };

/** @see lib/protocol/README.md, Server seal: opening */
export async function openServerSealed(
  desk: MessageDesk,
  { token, nonce, passphrase }: OpenRequest,
): Promise<OpenState> {
  const located = await locateMessage(desk.keyring, token, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const opener: Opener = {
    desk,
    located,
    linkVerifier: await deriveServerLinkVerifier(located.epoch.keys.verifierKey, token),
    nonceHash: await hashClaimNonce(nonce),
  };
  if (passphrase === '') return claimAndOpen(opener, null);
  const turn = { kind: 'open', of: String(located.address.id) } as const;
  const opened = await desk.withStretchingRoom(turn, () => tryPassphrase(opener, passphrase));
  return opened ?? { status: 'refused', refusal: 'busy' };
}

async function tryPassphrase(opener: Opener, passphrase: string): Promise<OpenState> {
  const { desk, located, linkVerifier, nonceHash } = opener;
  const begun = await desk.store.beginTry(located.address, { linkVerifier, nonceHash });
  if (begun === null) return { status: 'unknown' };
  if (begun.verdict === 'refused') return REFUSED_BY_HISTORY;
  if (begun.verdict === 'altered') return { status: 'unreadable' };
  if (begun.verdict === 'ended') return { status: 'ended', ending: endingOfRefused(begun.record) };
  if (begun.verdict === 'all_tries_running') return refused(begun.record, 'busy');
  const { record, content } = begun;
  const { lock } = content;

  const ciphertext = await unlessRefused(() => unwrapContent(located, 'server', record, content));
  if (ciphertext === null) return giveBack(opener);
  if (lock === null) return claimAndOpen(opener, null);
  const stretched = await desk.stretchPassphrase(
    normalizePassphrase(passphrase, lock.profile),
    lock,
  );
  let secret: Envelope;
  try {
    secret = await openSecret(ciphertext, located.opened.messageKey, stretched, content);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    // The ciphertext is the one that was stored: what else is wrong with it is not the passphrase.
    return error.code === 'bad_commitment' ? countWrong(opener, begun) : giveBack(opener);
  }
  return claimAndOpen(opener, secret);
}

async function giveBack({ desk, located }: Opener): Promise<OpenState> {
  await desk.store.returnTry(located.address);
  return { status: 'unreadable' };
}

async function countWrong(
  { desk, located }: Opener,
  { record, content }: { readonly record: MessageRecord; readonly content: SealedContent },
): Promise<OpenState> {
  if (record.state === 'CLAIMED') return repeatable(record, 'passphrase_wrong');
  const counted = await desk.store.countWrongTry(located.address, content);
  if (counted?.isAltered === true) return { status: 'unreadable' };
  return refused(counted?.record ?? record, 'passphrase_wrong');
}

/** Claims; `proven` is what the right passphrase already decrypted. */
async function claimAndOpen(opener: Opener, proven: Envelope | null): Promise<OpenState> {
  const { desk, located, linkVerifier, nonceHash } = opener;
  const answer = await desk.store.claimServerSealed(located.address, {
    linkVerifier,
    nonceHash,
    passphraseProven: proven !== null,
  });
  if (answer === null) return { status: 'unknown' };
  if (answer.verdict === 'refused') return REFUSED_BY_HISTORY;
  if (answer.verdict === 'altered') return { status: 'unreadable' };
  if (answer.verdict === 'locked') {
    return answer.record.state === 'CLAIMED'
      ? repeatable(answer.record, 'passphrase_missing')
      : refused(answer.record, 'passphrase_missing');
  }
  if (answer.verdict === 'ended') {
    return { status: 'ended', ending: endingOfRefused(answer.record) };
  }
  const { record, content, claim } = answer;
  const secret =
    proven ??
    (await unlessRefused(async () =>
      openSecret(
        await unwrapContent(located, 'server', record, content),
        located.opened.messageKey,
        null,
        content,
      ),
    ));
  if (secret === null) {
    await desk.store.undoClaim(claim);
    return { status: 'unreadable' };
  }
  return (await desk.store.settleClaim(claim))
    ? { status: 'opened', secret, openedAt: isoTime(record.claimedAtMs ?? desk.clock.nowMs()) }
    : { status: 'ended', ending: endingOfRefused(record) };
}

/** The waiting page again with a word why; or the ending, if the message has one by now. */
function refused(record: MessageRecord, refusal: RefusalCode): OpenState {
  const state = openStateOf(record);
  return state.status === 'waiting' ? { ...state, refusal } : state;
}

/** To the nonce that opened it, within its lease: it may ask again, and nothing is counted. */
function repeatable(
  { expiresAtMs }: MessageRecord,
  refusal: 'passphrase_wrong' | 'passphrase_missing',
): OpenState {
  return {
    status: 'waiting',
    needsPassphrase: true,
    expiresAt: isoTime(expiresAtMs),
    refusal,
    triesLeft: null,
  };
}
