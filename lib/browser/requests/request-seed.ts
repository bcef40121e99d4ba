/** What a reader's browser does with the sealed seed of a request. */
import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import {
  constantTimeEqual,
  toRequestPublicKey,
  toVaultPublicKey,
  type VaultPublicKey,
} from '@/lib/protocol/bytes';
import { sha256 } from '@/lib/protocol/digest';
import { ProtocolError } from '@/lib/protocol/errors';
import { isOwnRequestId, readRequestId } from '@/lib/protocol/request-id';
import { requestFingerprint, type LinkVersion } from '@/lib/protocol/request-fingerprint';
import {
  openSealedSeed,
  sealOwnSeed,
  sealSharedSeed,
  type OpenedSeed,
  type RequestToSeal,
} from '@/lib/protocol/request-seed';
import { x25519KeyOf } from '@/lib/protocol/vault-agreement';
import type { Colleague, Inbox } from '@/lib/requests/outcomes';
import type { OpenVault } from '../vault/vault-memory';

/** Whose key a request has, as far as this vault can know. */
export type RequestSource =
  | { readonly kind: 'own' }
  /** Shared by one of those whom the server lists, with the key that it tells. */
  | { readonly kind: 'colleague'; readonly name: string; readonly email: string }
  /** Sealed in version 1, or by a vault that nobody listed has. */
  | { readonly kind: 'unproven' };

/** A request, opened by one's vault. */
export interface OpenedRequest extends RequestToSeal {
  readonly vault: OpenVault;
  readonly linkVersion: LinkVersion;
  /** Of the key that belongs to the seed, so that the link can be shown again. */
  readonly fingerprint: string;
  readonly source: RequestSource;
  /** The seed as this vault keeps it from now on, base64url; null if it does already. */
  readonly seedToKeep: string | null;
}

/** What the server tells of a request to one who may read it. */
export type SealedRequest = Pick<Inbox, 'id' | 'question' | 'fields'> & {
  readonly publicKey: string;
  readonly sealedSeed: string;
};

/**
 * Opens the seed, or says that it doesn't open: `altered` for a request which
 * this vault made itself, so that somebody must have put something in the place
 * of its key, its question or its seed; else null, which a vault that is new
 * since the request was shared explains as well.
 */
export async function openRequest(
  sealed: SealedRequest,
  vault: OpenVault,
  colleagues: readonly Colleague[],
): Promise<OpenedRequest | 'altered' | null> {
  const id = readRequestId(sealed.id);
  try {
    const publicKey = toRequestPublicKey(decodeBase64url(sealed.publicKey));
    const terms = { question: sealed.question, fields: sealed.fields };
    const bound = { id, publicKey, terms };
    const opened = await openSealedSeed(decodeBase64url(sealed.sealedSeed), bound, vault);
    const request = { ...bound, seed: opened.seed };
    const seedToKeep =
      opened.kind === 'own'
        ? null
        : encodeBase64url(await sealOwnSeed(vault.seed, request, opened));
    return {
      ...request,
      vault,
      linkVersion: opened.linkVersion,
      fingerprint: await requestFingerprint(bound, opened.linkVersion),
      source: sourceOf(opened, vault, colleagues),
      seedToKeep,
    };
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    return (await isOwnRequestId(vault.seed, id)) ? 'altered' : null;
  }
}

/** The seed for one more reader, and for which vault of theirs that is. base64url. */
export async function sealForColleague(
  { vault, linkVersion, ...request }: OpenedRequest,
  { vaultPublicKey }: Pick<Colleague, 'vaultPublicKey'>,
): Promise<{ readonly sealedSeed: string; readonly sealedFor: string }> {
  const readerPublicKey = toVaultPublicKey(decodeBase64url(vaultPublicKey));
  const sealed = await sealSharedSeed(vault, request, { linkVersion, readerPublicKey });
  return { sealedSeed: encodeBase64url(sealed), sealedFor: await nameOfVault(readerPublicKey) };
}

/** Names the vault that a seed is sealed for, so that the server refuses one that is given up. base64url. */
export async function nameOfVault(publicKey: VaultPublicKey): Promise<string> {
  return encodeBase64url(await sha256(publicKey));
}

/** A link of version 1 proves nothing about who made the request, whoever shared it since. */
function sourceOf(
  { linkVersion, sealer }: OpenedSeed,
  vault: OpenVault,
  colleagues: readonly Colleague[],
): RequestSource {
  if (linkVersion === 1) return { kind: 'unproven' };
  if (constantTimeEqual(sealer, x25519KeyOf(vault.publicKey))) return { kind: 'own' };
  const colleague = colleagues.find(({ vaultPublicKey }) =>
    constantTimeEqual(sealer, x25519KeyOf(toVaultPublicKey(decodeBase64url(vaultPublicKey)))),
  );
  return colleague === undefined
    ? { kind: 'unproven' }
    : { kind: 'colleague', name: colleague.name, email: colleague.email };
}
