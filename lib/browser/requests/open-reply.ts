/**
 * Opening a reply: claim, then decrypt here. Asking again with the same nonce
 * is safe: only the first claim counts, and its holder gets the same bytes again.
 *
 * @see lib/protocol/README.md, Replies
 */
import { decodeBase64url } from '@/lib/protocol/bytes';
import { decodeEnvelope, type Envelope } from '@/lib/protocol/envelope';
import { openReply } from '@/lib/protocol/reply';
import type { ClaimReplyResult } from '@/lib/requests/outcomes';
import { acknowledgeQuietly, askAgain, formOf } from '../ask-server';
import { BrowserTrouble } from '../browser-trouble';
import { beginClaim, createNonce, forgetClaim, type Hold, holdClaim } from '../claim-memory';
import type { OpenedRequest } from './request-seed';

type Ask<Result> = (form: FormData) => Promise<Result>;

export interface ReplyAddress {
  /** 16 hex digits each */
  readonly request: string;
  readonly reply: string;
}

export type ReplyOpening =
  | {
      readonly status: 'opened';
      readonly secret: Envelope;
      /** The reply as it came, base64url: opens again by the request's seed, and by nothing else. */
      readonly sealedReply: string;
      readonly openedAt: string;
      /** What it was claimed by, to acknowledge it. */
      readonly nonce: string;
    }
  | Exclude<ClaimReplyResult, { status: 'claimed' }>;

/** @throws BrowserTrouble; 'unreadable' if what came was not sealed to this request */
export async function openReplyInBrowser(
  ask: Ask<ClaimReplyResult>,
  address: ReplyAddress,
  request: OpenedRequest,
): Promise<ReplyOpening> {
  const nonce = await beginClaim(address.reply, createNonce(), false);
  const claim = await askAgain('claimReply', () => ask(formOf({ ...address, nonce })));
  if (claim.status === 'ended') await forgetClaim(address.reply);
  if (claim.status !== 'claimed') return claim;
  const { sealedReply, openedAt } = claim;
  const secret = await openSealedReply(sealedReply, request);
  return { status: 'opened', secret, sealedReply, openedAt, nonce };
}

/** @throws BrowserTrouble 'unreadable' */
export async function openSealedReply(
  sealedReply: string,
  { seed, publicKey }: Pick<OpenedRequest, 'seed' | 'publicKey'>,
): Promise<Envelope> {
  try {
    return decodeEnvelope(await openReply(decodeBase64url(sealedReply), seed, publicKey));
  } catch (cause) {
    throw new BrowserTrouble('unreadable', { cause });
  }
}

/**
 * Once a reply is on the screen: this tab can show it again until its reader has taken it or the
 * lease is over; then the server is told to let go of it, and nobody waits for that.
 *
 * @param onGone called once, when it can't be shown again any more
 */
export function holdReply(
  ask: Ask<{ readonly status: 'done' | 'refused' }>,
  address: ReplyAddress,
  { nonce, openedAt }: { readonly nonce: string; readonly openedAt: string },
  leaseSeconds: number,
  onGone: () => void,
): Promise<Hold> {
  return holdClaim(
    { linkToken: address.reply, nonce, openedAt, needsPassphrase: false },
    leaseSeconds,
    () => acknowledgeQuietly(ask, { ...address, nonce }),
    onGone,
  );
}
