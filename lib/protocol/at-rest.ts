/**
 * The second layer around a message (M1) or a sealed reply, which the database holds: without the
 * keyring a copy of the database opens nothing, even for one who has the links, and an epoch that
 * is destroyed takes what it wrapped with it, also out of backups, and even from one who gets hold
 * of a reader's password years later. Rules: everything the row says is bound, so no field can be
 * moved from one row to another or changed in place.
 */
import { concatBytes, encodeLabel, encodeOptional, uint64, type AtRestKey, type Iv } from './bytes';
import {
  IV_BYTES,
  LABELS,
  MESSAGE_ID_BYTES,
  REPLY_ID_BYTES,
  REQUEST_ID_BYTES,
  SEAL_BYTE,
  TAG_BYTES,
  VERIFIER_BYTES,
  type Seal,
} from './constants';
import { checkCiphertextLength, checkReplyLength } from './envelope';
import { ProtocolError } from './errors';
import { encodeLock, type PassphraseLock } from './passphrase';
import { decryptGcm, encryptGcm } from './primitives';

/**
 * What the row of a message says about it, all of it bound. Plain bytes, as rows hold them: whether
 * they have their lengths, and are the row's own, is what is found out here.
 */
export interface MessageBinding {
  /** ID0, 8 bytes */
  readonly messageId: Uint8Array;
  readonly seal: Seal;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly expiresAtMs: bigint;
  readonly lock: PassphraseLock | null;
  /** 32 bytes */
  readonly knockVerifier: Uint8Array;
  /** 32 bytes; null for what was sealed on the server before version 3, which has none. */
  readonly openVerifier: Uint8Array | null;
}

/** Which reply to which request: both bound. */
export interface ReplyBinding {
  /** 8 bytes */
  readonly replyId: Uint8Array;
  /** 8 bytes */
  readonly requestId: Uint8Array;
}

/** What is bound, by what is wrapped. */
export interface AtRestBindings {
  readonly message: MessageBinding;
  readonly reply: ReplyBinding;
}

export type AtRestKind = keyof AtRestBindings;

const UINT64_LIMIT = 2n ** 64n;

/** Each encoding is unambiguous only while every field has its length and range. */
const encodings: {
  readonly [Kind in AtRestKind]: (binding: AtRestBindings[Kind]) => Uint8Array<ArrayBuffer>;
} = {
  message: ({ messageId, seal, expiresAtMs, lock, knockVerifier, openVerifier }) => {
    checkBinding(
      messageId.length === MESSAGE_ID_BYTES &&
        expiresAtMs >= 0n &&
        expiresAtMs < UINT64_LIMIT &&
        knockVerifier.length === VERIFIER_BYTES &&
        (openVerifier === null ? seal === 'server' : openVerifier.length === VERIFIER_BYTES),
    );
    return concatBytes(
      encodeLabel(LABELS.wrapped),
      messageId,
      Uint8Array.of(SEAL_BYTE[seal]),
      uint64(expiresAtMs),
      encodeLock(lock),
      // Before version 3 a server-sealed row had H0 alone, which stood in the first place.
      openVerifier ?? knockVerifier,
      encodeOptional(openVerifier === null ? null : knockVerifier),
    );
  },
  reply: ({ replyId, requestId }) => {
    checkBinding(replyId.length === REPLY_ID_BYTES && requestId.length === REQUEST_ID_BYTES);
    return concatBytes(encodeLabel(LABELS.wrappedReply), replyId, requestId);
  },
};

const lengthChecks = { message: checkCiphertextLength, reply: checkReplyLength } as const;

function checkBinding(fits: boolean): void {
  if (!fits) throw new ProtocolError('bad_binding');
}

/** @throws ProtocolError bad_binding, bad_length, bad_passphrase_cost */
export function atRestAssociatedData<Kind extends AtRestKind>(
  kind: Kind,
  binding: AtRestBindings[Kind],
): Uint8Array<ArrayBuffer> {
  return encodings[kind](binding);
}

/**
 * @param sealed M1, or the sealed reply
 * @param iv see `Iv`
 * @returns the IV, then AES-256-GCM of what was sealed
 * @throws ProtocolError bad_length, too_large, bad_binding, bad_passphrase_cost
 */
export async function wrapAtRest<Kind extends AtRestKind>(
  kind: Kind,
  atRestKey: AtRestKey,
  sealed: Uint8Array,
  binding: AtRestBindings[Kind],
  iv?: Iv,
): Promise<Uint8Array<ArrayBuffer>> {
  lengthChecks[kind](sealed);
  const associatedData = atRestAssociatedData(kind, binding);
  return encryptGcm({ key: atRestKey, associatedData }, concatBytes(sealed), iv);
}

/**
 * @returns M1, or the sealed reply
 * @throws ProtocolError bad_length, too_large, bad_binding, bad_passphrase_cost, bad_ciphertext
 */
export async function unwrapAtRest<Kind extends AtRestKind>(
  kind: Kind,
  atRestKey: AtRestKey,
  wrapped: Uint8Array,
  binding: AtRestBindings[Kind],
): Promise<Uint8Array<ArrayBuffer>> {
  if (wrapped.length < IV_BYTES + TAG_BYTES) throw new ProtocolError('bad_length');
  lengthChecks[kind](wrapped.subarray(IV_BYTES, -TAG_BYTES));
  const associatedData = atRestAssociatedData(kind, binding);
  return decryptGcm({ key: atRestKey, associatedData }, wrapped);
}
