/**
 * How a client's browser replies to a request. Before anything is typed it compares the key and the
 * question that the server offers with the fingerprint behind the `#` of the link; it seals to a key
 * that matches and to no other, and what it sends the server can't read.
 *
 * @see lib/protocol/README.md, Requests
 */
import {
  decodeBase64url,
  encodeBase64url,
  toRequestPublicKey,
  type RequestPublicKey,
} from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { isCutShort, readRequestLink } from '@/lib/protocol/link';
import { linkVersionOf } from '@/lib/protocol/request';
import type { RefusalCode } from '@/lib/refusal-code';
import type { AskedFor, ReplyResult } from '@/lib/requests/outcomes';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { askAgain, formOf } from '../ask-server';
import { canEncryptHere, loadPart } from '../browser-trouble';
import { createNonce } from '../claim-memory';

export type KeyCheck =
  | { readonly kind: 'matches'; readonly publicKey: RequestPublicKey }
  /** The link lacks its fingerprint, or part of it. */
  | { readonly kind: 'incomplete' }
  /** What should be the fingerprint is none. */
  | { readonly kind: 'altered' }
  /** The server offers another key, or asks for something else, than the link is for. */
  | { readonly kind: 'mismatch' }
  | { readonly kind: 'needsHttps' };

/** @param asked as the server told it; with a link of version 1 only its key is compared */
export async function checkRequestKey(
  { pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>,
  { publicKey, question, fields }: Pick<AskedFor, 'publicKey' | 'question' | 'fields'>,
): Promise<KeyCheck> {
  if (!canEncryptHere()) return { kind: 'needsHttps' };
  const fingerprint = readRequestLink(pathname + search, hash)?.fingerprint ?? null;
  if (fingerprint === null) {
    return { kind: isCutShort(pathname + search, hash) ? 'incomplete' : 'altered' };
  }
  try {
    const offered = toRequestPublicKey(decodeBase64url(publicKey));
    const request = { publicKey: offered, terms: { question, fields } };
    return (await linkVersionOf(request, fingerprint)) === null
      ? { kind: 'mismatch' }
      : { kind: 'matches', publicKey: offered };
  } catch (error) {
    if (error instanceof ProtocolError) return { kind: 'mismatch' };
    throw error;
  }
}

/**
 * Calls `onLink` when another link is put into the address bar of this very
 * page. Following a link within the page, such as the one that skips to the
 * content, must not cost the fingerprint: then the address is put back.
 *
 * @returns how to stop watching
 */
export function watchRequestLink(onLink: () => void): () => void {
  const onChange = ({ oldURL }: HashChangeEvent) => {
    if (hasFingerprint(location) || !hasFingerprint(new URL(oldURL))) onLink();
    else history.replaceState(null, '', oldURL);
  };
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

function hasFingerprint({ pathname, search, hash }: Location | URL): boolean {
  return (readRequestLink(pathname + search, hash)?.fingerprint ?? null) !== null;
}

/** A reply as this browser sealed it. Sent once more as it is, it makes no second reply. */
export interface SealedReply {
  readonly nonce: string;
  /** base64url */
  readonly sealedReply: string;
}

/**
 * Seals a reply here, so that the server gets what it can't read.
 *
 * @param publicKey compared with the link: see `checkRequestKey`
 * @param values in the order of `fields`; one where there are none
 * @throws BrowserTrouble where the code that seals can't be loaded
 */
export async function sealReplyInBrowser(
  publicKey: RequestPublicKey,
  fields: readonly FieldDefinition[],
  values: readonly string[],
): Promise<SealedReply | { readonly refusal: RefusalCode }> {
  const envelope = replyEnvelope(fields, values);
  if ('refusal' in envelope) return envelope;
  // The largest part of the page's code, and not needed for comparing keys.
  const { sealReply } = await loadPart(() => import('@/lib/protocol/reply'));
  const sealedReply = encodeBase64url(await sealReply(envelope, publicKey));
  return { nonce: createNonce(), sealedReply };
}

/** @throws BrowserTrouble */
export function sendReply(
  store: (form: FormData) => Promise<ReplyResult>,
  linkToken: string,
  sealed: SealedReply,
): Promise<ReplyResult> {
  return askAgain('storeSealedReply', () => store(formOf({ token: linkToken, ...sealed })));
}
