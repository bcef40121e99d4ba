/**
 * What is asked with a link: looking, opening, acknowledging, destroying. Rules: the database is asked
 * only for a token that authenticated; without a proof of the link a caller learns and changes nothing; a
 * wrong passphrase is counted only on a row that was authenticated; what is handed out goes out only
 * after the claim committed and was recorded outside of the database. With the server seal the server
 * does what a browser does with the other: it derives the proofs from the link and the passphrase, and
 * claims by them.
 */
import 'server-only';
import { unwrapAtRest } from '@/lib/protocol/at-rest';
import { encodeBase64url, type KnockProof, type OpenProof } from '@/lib/protocol/bytes';
import { openMessage } from '@/lib/protocol/ciphertext';
import { TOKEN_LENGTHS } from '@/lib/protocol/constants';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { ProtocolError } from '@/lib/protocol/errors';
import {
  deriveKnockVerifier,
  deriveMessageKeys,
  deriveOpenVerifier,
  deriveServerLinkVerifier,
  type MessageKeys,
} from '@/lib/protocol/keys';
import { normalizePassphrase } from '@/lib/protocol/passphrase';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Context } from '@/lib/server/context';
import { Prisma } from '@/lib/server/prisma-client/client';
import { claim, endClaim, handOut, type ClaimAnswer, type Claimant, type Granted } from './claim';
import { destroy } from './end';
import { findItem, findProven } from './find';
import { messageAt, provenAt, type ItemContent, type ItemRecord } from './item';
import { hashClaimNonce, locateMessage, type Address, type LocatedToken } from './locate';
import type { ClaimResult, DestroyResult, KnockResult, OpenState, Seal } from './outcomes';
import { endingOf, endingOfRefused, isoTime, lockView, openStateOf, triesLeft } from './views';

/** What a browser proves a browser-sealed link with. */
export interface Knock {
  /** ID1 */
  readonly token: string;
  readonly knockProof: KnockProof;
}

/**
 * Tells a browser that proves its link what there is to open. Changes nothing:
 * a page may knock by itself, and so may a scanner that runs its scripts.
 *
 * @param nonce the claim nonce of this tab, if it has claimed before and lost the answer
 * @see lib/protocol/README.md, Browser seal: knocking
 */
export async function knock(
  context: Context,
  { token, knockProof, nonce }: Knock & { readonly nonce?: string | undefined },
): Promise<KnockResult> {
  const located = await locateMessage(context.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveKnockVerifier(located.epoch.keys.verifierKey, knockProof);
  const nonceHash = nonce === undefined ? null : await hashClaimNonce(nonce);
  const found = await findProven(context, located.address, {
    seal: 'browser',
    knockVerifier,
    nonceHash,
  });
  if (found === null) return { status: 'unknown' };
  const ending = found.isResumable ? null : endingOf(found.record);
  if (ending !== null) return { status: 'ended', ending };
  if (found.record.madeBeforeRestore) return { status: 'refused', refusal: 'database_restored' };
  return {
    status: 'waiting',
    expiresAt: isoTime(found.record.expiresAtMs),
    lock: found.lock === null ? null : lockView(found.lock),
    triesLeft: triesLeft(found.record),
  };
}

const RESTORED = { status: 'refused', refusal: 'database_restored' } as const;
const UNCOUNTED: ClaimResult = { status: 'wrong_passphrase', triesLeft: null };

/**
 * Hands M1 to the browser that proves link and passphrase together, once. A
 * wrong open proof is counted only where there is a passphrase.
 *
 * @see lib/protocol/README.md, Browser seal: opening
 */
export async function claimBrowserSealed(
  context: Context,
  {
    token,
    knockProof,
    openProof,
    nonce,
  }: Knock & { readonly openProof: OpenProof; readonly nonce: string },
): Promise<ClaimResult> {
  const located = await locateMessage(context.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const { verifierKey } = located.epoch.keys;
  const claimant = claimantOf(
    located.address,
    'browser',
    await deriveKnockVerifier(verifierKey, knockProof),
    await hashClaimNonce(nonce),
  );
  const openVerifier = await deriveOpenVerifier(verifierKey, openProof);
  let answer = await claim(context, claimant, { openVerifier, authenticated: null });
  if (answer?.verdict === 'authenticate') {
    const { record, content } = answer;
    if ((await unwrap(located, record, content)) === null) return { status: 'unreadable' };
    if (content.lock === null) return { status: 'refused', refusal: 'link_altered' };
    if (record.state === 'CLAIMED') return UNCOUNTED;
    answer = await claim(context, claimant, { openVerifier, authenticated: content });
  }
  switch (answer?.verdict) {
    case undefined:
      return { status: 'unknown' };
    case 'refused':
      return RESTORED;
    case 'altered':
      return { status: 'unreadable' };
    case 'authenticate':
      // This nonce claimed it between the two statements.
      return UNCOUNTED;
    case 'wrong':
      return { status: 'wrong_passphrase', triesLeft: triesLeft(answer.record) };
    case 'ended':
      return { status: 'ended', ending: endingOfRefused(answer.record) };
    case 'granted':
      return outcomeOf(
        context,
        answer,
        ({ record, content }) => unwrap(located, record, content),
        (ciphertext, openedAt) => ({
          status: 'claimed',
          ciphertext: encodeBase64url(ciphertext),
          openedAt,
        }),
      );
  }
}

/** The caller who proved the link, with the nonce of their tab. */
function claimantOf(
  address: Address,
  seal: Seal,
  knockVerifier: Uint8Array,
  nonceHash: Uint8Array,
): Claimant {
  const found = Prisma.sql`sealed_items i WHERE ${provenAt(address, seal, knockVerifier)}`;
  return { at: messageAt(address), found, nonceHash, accountId: null };
}

async function outcomeOf<Content, Outcome>(
  context: Context,
  granted: Granted,
  read: (granted: Granted) => Promise<Content | null>,
  toOutcome: (content: Content, openedAt: string) => Outcome,
): Promise<Outcome | { status: 'unreadable' } | Extract<DestroyResult, { status: 'ended' }>> {
  const handed = await handOut(context, granted, read);
  if (handed === 'unreadable') return { status: 'unreadable' };
  return handed.content === null
    ? { status: 'ended', ending: endingOfRefused(granted.record) }
    : toOutcome(handed.content, isoTime(handed.openedAtMs));
}

/** What the page of a server-sealed link shows before anything is opened. Changes nothing, ever. */
export async function lookAtServerSealed(context: Context, linkToken: string): Promise<OpenState> {
  const located = await locateMessage(context.keyring, linkToken, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, linkToken);
  const found = await findProven(context, located.address, { seal: 'server', knockVerifier });
  return found === null ? unfound(context, located.address) : openStateOf(found.record);
}

/**
 * What an authentic link is told whose verifier is not in its row: the row was altered, unless there
 * is none.
 */
async function unfound(
  context: Context,
  address: Address,
): Promise<{ readonly status: 'unknown' | 'unreadable' }> {
  const item = await findItem(context, messageAt(address));
  return { status: item === null ? 'unknown' : 'unreadable' };
}

export interface OpenRequest {
  /** M2 */
  readonly token: string;
  /** base64url, 22 characters */
  readonly nonce: string;
  /** '' for none */
  readonly passphrase: string;
}

interface Opener {
  readonly context: Context;
  readonly located: LocatedToken<'serverSeal'>;
  readonly knockVerifier: Uint8Array;
  readonly nonceHash: Uint8Array;
  readonly claimant: Claimant;
}

/** @see lib/protocol/README.md, Server seal: opening */
export async function openServerSealed(
  context: Context,
  { token, nonce, passphrase }: OpenRequest,
): Promise<OpenState> {
  const located = await locateMessage(context.keyring, token, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, token);
  const nonceHash = await hashClaimNonce(nonce);
  const claimant = claimantOf(located.address, 'server', knockVerifier, nonceHash);
  const opener = { context, located, knockVerifier, nonceHash, claimant };
  if (passphrase === '') return openWithout(opener);
  // Argon2 runs for a message that waits, and for few at once.
  const turn = { kind: 'open', of: String(located.address.id) } as const;
  const opened = await context.withStretchingRoom(turn, () => openWith(opener, passphrase));
  return opened ?? { status: 'refused', refusal: 'busy' };
}

async function openWithout(opener: Opener): Promise<OpenState> {
  const { context, located, claimant } = opener;
  const keys = await deriveMessageKeys(located.opened.messageKey, null);
  const openVerifier = await deriveOpenVerifier(located.epoch.keys.verifierKey, keys.openProof);
  const answer = await claim(context, claimant, { openVerifier, authenticated: null });
  if (answer?.verdict !== 'authenticate') return openStateOfAnswer(opener, answer, keys);
  const { record, content } = answer;
  if (content.lock !== null) return askForPassphrase(record, 'passphrase_missing');
  // There is nothing to guess: a proof that does not fit is one of a row that was altered.
  if (content.openVerifier !== null) return { status: 'unreadable' };
  const ciphertext = await unwrap(located, record, content);
  if (ciphertext === null) return { status: 'unreadable' };
  return claimAuthenticated(opener, keys, openVerifier, { content, ciphertext });
}

async function openWith(opener: Opener, passphrase: string): Promise<OpenState> {
  const { context, located, knockVerifier, nonceHash } = opener;
  // Nothing is worked on while an opening could not be recorded.
  await context.history.expectedBeforeClaim();
  const found = await findProven(context, located.address, {
    seal: 'server',
    knockVerifier,
    nonceHash,
    withContent: true,
  });
  if (found === null) return unfound(context, located.address);
  const { record, content, isResumable } = found;
  const ending = isResumable ? null : endingOf(record);
  if (ending !== null) return { status: 'ended', ending };
  if (record.madeBeforeRestore) return RESTORED;
  if (content === null) throw new Error('A message that waits has no content.');
  const { lock } = content;
  const ciphertext = await unwrap(located, record, content);
  if (ciphertext === null) return { status: 'unreadable' };
  const stretched =
    lock === null
      ? null
      : await context.stretchPassphrase(normalizePassphrase(passphrase, lock.profile), lock);
  const keys = await deriveMessageKeys(located.opened.messageKey, stretched);
  const openVerifier = await deriveOpenVerifier(located.epoch.keys.verifierKey, keys.openProof);
  return claimAuthenticated(opener, keys, openVerifier, { content, ciphertext });
}

/**
 * Claims a row whose content is the one that was stored. A row from before version 3 has no open
 * verifier: there it is what decrypting says that tells whether the passphrase is right.
 */
async function claimAuthenticated(
  opener: Opener,
  keys: MessageKeys,
  openVerifier: Uint8Array,
  { content, ciphertext }: { readonly content: ItemContent; readonly ciphertext: Uint8Array },
): Promise<OpenState> {
  const { context, claimant } = opener;
  const decrypted =
    content.openVerifier === null ? await decrypt(ciphertext, keys, content) : 'wrong';
  if (decrypted === 'unreadable') return { status: 'unreadable' };
  const answer = await claim(context, claimant, {
    openVerifier,
    authenticated: content,
    isDecrypted: decrypted !== 'wrong',
  });
  return openStateOfAnswer(opener, answer, keys);
}

async function openStateOfAnswer(
  { context, located }: Opener,
  answer: ClaimAnswer,
  keys: MessageKeys,
): Promise<OpenState> {
  switch (answer?.verdict) {
    case undefined:
      return unfound(context, located.address);
    case 'refused':
      return RESTORED;
    case 'altered':
      return { status: 'unreadable' };
    case 'authenticate':
    case 'wrong':
      return askForPassphrase(answer.record, 'passphrase_wrong');
    case 'ended':
      return { status: 'ended', ending: endingOfRefused(answer.record) };
    case 'granted':
      return outcomeOf(
        context,
        answer,
        async ({ record, content }) => {
          const ciphertext = await unwrap(located, record, content);
          const secret = ciphertext === null ? null : await decrypt(ciphertext, keys, content);
          return typeof secret === 'string' ? null : secret;
        },
        (secret, openedAt) => ({ status: 'opened', secret, openedAt }),
      );
  }
}

/**
 * The waiting page again with a word why. The nonce that opened it may ask again within its lease,
 * and nothing is counted then.
 */
function askForPassphrase(
  record: ItemRecord,
  refusal: Extract<RefusalCode, 'passphrase_wrong' | 'passphrase_missing'>,
): OpenState {
  if (record.state === 'CLAIMED') {
    const expiresAt = isoTime(record.expiresAtMs);
    return { status: 'waiting', needsPassphrase: true, expiresAt, refusal, triesLeft: null };
  }
  const state = openStateOf(record);
  return state.status === 'waiting' ? { ...state, refusal } : state;
}

/**
 * Takes the at-rest wrapping off M1; null for a row whose ciphertext, lock,
 * expiry, seal or verifiers are not the ones it was stored with.
 */
function unwrap(
  located: Pick<LocatedToken<'serverSeal' | 'browserSeal'>, 'opened' | 'epoch'>,
  { seal, expiresAtMs }: ItemRecord,
  { wrappedCiphertext, lock, knockVerifier, openVerifier }: ItemContent,
): Promise<Uint8Array | null> {
  if (knockVerifier === null) throw new Error('A message has no verifier of its link.');
  return unlessRefused(() =>
    unwrapAtRest('message', located.epoch.keys.atRestKey, wrappedCiphertext, {
      messageId: located.opened.messageId,
      seal,
      expiresAtMs: BigInt(expiresAtMs),
      lock,
      knockVerifier,
      openVerifier,
    }),
  );
}

/** What was sealed (M0); `wrong`: not with these keys, of a passphrase that is another. */
async function decrypt(
  ciphertext: Uint8Array,
  keys: MessageKeys,
  { lock }: ItemContent,
): Promise<Envelope | 'wrong' | 'unreadable'> {
  try {
    return decodeEnvelope(await openMessage({ seal: 'server', ciphertext, keys, lock }));
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return error.code === 'bad_commitment' && lock !== null ? 'wrong' : 'unreadable';
  }
}

/** The value of `work`, or null where the protocol refused. Anything else is a bug and throws. */
async function unlessRefused<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

/**
 * Ends a claim once its browser has shown the secret: the content goes now,
 * not when the lease does. Only the holder of the nonce can do this.
 *
 * @see lib/protocol/README.md, Acknowledging
 */
export async function acknowledge(
  context: Context,
  { token, nonce }: { readonly token: string; readonly nonce: string },
): Promise<boolean> {
  const purpose = token.length === TOKEN_LENGTHS.serverSeal ? 'serverSeal' : 'browserSeal';
  const located = await locateMessage(context.keyring, token, purpose);
  if (located === null) return false;
  const nonceHash = await hashClaimNonce(nonce);
  return endClaim(context, { at: messageAt(located.address), nonceHash, accountId: null });
}

/** By the recipient of a server-sealed link, unread. */
export async function destroyServerSealed(
  context: Context,
  linkToken: string,
): Promise<DestroyResult | { readonly status: 'unreadable' }> {
  const located = await locateMessage(context.keyring, linkToken, 'serverSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveServerLinkVerifier(located.epoch.keys.verifierKey, linkToken);
  const which = provenAt(located.address, 'server', knockVerifier);
  const record = await destroy(context, which, 'RECIPIENT');
  return record === null
    ? unfound(context, located.address)
    : { status: 'ended', ending: endingOfRefused(record) };
}

/** By the recipient of a browser-sealed link, who proves it with its knock proof. */
export async function destroyBrowserSealed(
  context: Context,
  { token, knockProof }: Knock,
): Promise<DestroyResult> {
  const located = await locateMessage(context.keyring, token, 'browserSeal');
  if (located === null) return { status: 'unknown' };
  const knockVerifier = await deriveKnockVerifier(located.epoch.keys.verifierKey, knockProof);
  const which = provenAt(located.address, 'browser', knockVerifier);
  const record = await destroy(context, which, 'RECIPIENT');
  return record === null
    ? { status: 'unknown' }
    : { status: 'ended', ending: endingOfRefused(record) };
}
