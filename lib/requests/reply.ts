/** The two ways in which a reply comes: sealed by the client's browser, or to be sealed here. */
import { toRequestPublicKey } from '@/lib/protocol/bytes';
import { sealReply } from '@/lib/protocol/reply';
import { emptyFields } from '@/lib/secrets/empty-fields';
import type { ReplyResult } from './outcomes';
import { placeReply } from './place-reply';
import type { RequestDesk } from './ports';
import { replyEnvelope } from './reply-envelope';

export interface SealedReply {
  readonly token: string;
  readonly nonce: string;
  /** Sealed to the request's public key: this server can't read it. */
  readonly sealedReply: Uint8Array;
}

export function storeSealedReply(
  desk: RequestDesk,
  { sealedReply, ...reply }: SealedReply,
): Promise<ReplyResult> {
  return placeReply(desk, { ...reply, seal: 'browser' }, () => Promise.resolve(sealedReply));
}

export interface PlainReply {
  readonly token: string;
  readonly nonce: string;
  /** What was typed, in the order of the request's fields; one value where it has none. */
  readonly values: readonly string[];
  /** Whether the client said that fields are meant to be empty. */
  readonly mayBePartial: boolean;
}

/**
 * For a client without a script: seals what was typed, at once, to the key to
 * which a browser would have sealed it. Nothing else is done with it.
 */
export function sealReplyOnServer(
  desk: RequestDesk,
  { values, mayBePartial, ...reply }: PlainReply,
): Promise<ReplyResult> {
  return placeReply(desk, { ...reply, seal: 'server' }, async ({ fields, publicKey }) => {
    const envelope = replyEnvelope(fields, values);
    if ('refusal' in envelope) return envelope;
    if (!mayBePartial && emptyFields(fields, values).length > 0) {
      return { refusal: 'reply_empties_unconfirmed' };
    }
    return sealReply(envelope, toRequestPublicKey(publicKey));
  });
}
