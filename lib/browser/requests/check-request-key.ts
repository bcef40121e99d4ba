/**
 * What a client's browser does before anything is typed: it reads the
 * fingerprint behind the `#` of the link and compares it with the key and the
 * question that the server offers. Only a key that matches is ever sealed to.
 *
 * @see lib/protocol/README.md, Requests
 */
import { decodeBase64url } from '@/lib/protocol/base64url';
import { toRequestPublicKey, type RequestPublicKey } from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { isCutShort, readRequestLink } from '@/lib/protocol/link';
import { linkVersionOf } from '@/lib/protocol/request-fingerprint';
import type { AskedFor } from '@/lib/requests/outcomes';
import { canEncryptHere } from '../browser-crypto';

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
