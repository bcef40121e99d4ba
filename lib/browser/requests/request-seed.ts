/**
 * What a browser of the staff does with the seed of a request: makes one and seals it for all who
 * may read, opens it by the reader's vault, and seals it for one reader more. The seed itself is
 * kept nowhere: only their vaults open it.
 *
 * @see lib/protocol/README.md, Requests
 */
import {
  constantTimeEqual,
  decodeBase64url,
  encodeBase64url,
  toRequestPublicKey,
  toVaultPublicKey,
  type VaultPublicKey,
} from '@/lib/protocol/bytes';
import { ProtocolError } from '@/lib/protocol/errors';
import { sha256 } from '@/lib/protocol/primitives';
import {
  createRequestId,
  formatRequestId,
  isOwnRequestId,
  readRequestId,
  requestFingerprint,
  type LinkVersion,
} from '@/lib/protocol/request';
import {
  createRequestKeys,
  openSealedSeed,
  sealOwnSeed,
  sealSharedSeed,
  type OpenedSeed,
  type RequestToSeal,
} from '@/lib/protocol/request-keys';
import { x25519KeyOf } from '@/lib/protocol/vault';
import type { Colleague, Inbox } from '@/lib/requests/outcomes';
import { requestTerms } from '@/lib/requests/schema';
import type { OpenVault } from '../vault/vault-memory';

const LINK_VERSION = 2;

export interface Maker {
  readonly accountId: string;
  /** As this browser unlocked it, whatever the server says. */
  readonly vault: OpenVault;
  readonly isTold: boolean;
}

/** A colleague who may read the replies. */
export interface ChosenColleague extends Colleague {
  /** By mail, when a reply arrives. */
  readonly isTold: boolean;
}

export interface MadeRequest {
  /** What goes behind the `#` of the link. */
  readonly fingerprint: string;
  /** The form's fields `request`, `publicKey` and `readers`. */
  readonly request: string;
  readonly publicKey: string;
  readonly readers: string;
}

/**
 * Draws the id and the keys of a request and seals the seed for its maker and the readers they chose.
 *
 * @param typed question and fields as the form has them; its schema takes them
 */
export async function makeRequest(
  { accountId, vault, isTold }: Maker,
  colleagues: readonly ChosenColleague[],
  typed: { readonly question: string; readonly fields: string },
): Promise<MadeRequest> {
  // As the server will store and tell it: the link holds every character of it.
  const { question, fields } = requestTerms.parse(typed);
  const { seed, publicKey } = await createRequestKeys();
  const id = await createRequestId(vault.seed);
  const request = { id, publicKey, terms: { question, fields }, seed };
  const origin = { linkVersion: LINK_VERSION, sealer: x25519KeyOf(vault.publicKey) } as const;
  const own = {
    accountId,
    isTold,
    sealedSeed: encodeBase64url(await sealOwnSeed(vault.seed, request, origin)),
    sealedFor: await nameOfVault(vault.publicKey),
  };
  const shared = await Promise.all(
    colleagues.map(async (colleague) => ({
      accountId: colleague.accountId,
      isTold: colleague.isTold,
      ...(await sealForColleague({ ...request, vault, linkVersion: LINK_VERSION }, colleague)),
    })),
  );
  return {
    fingerprint: await requestFingerprint(request, LINK_VERSION),
    request: formatRequestId(id),
    publicKey: encodeBase64url(publicKey),
    readers: JSON.stringify([own, ...shared]),
  };
}

/** Whose key a request has, as far as this vault can know. */
export type RequestSource =
  | { readonly kind: 'own' }
  /** Shared by one of those whom the server lists, with the key that it tells. */
  | { readonly kind: 'colleague'; readonly name: string; readonly email: string }
  /** Sealed in version 1, or by a vault that nobody listed has. */
  | { readonly kind: 'unproven' };

/** A request whose seed is known, to one vault. */
interface SharableRequest extends RequestToSeal {
  readonly vault: OpenVault;
  readonly linkVersion: LinkVersion;
}

/** A request, opened by its reader's vault. */
export interface OpenedRequest extends SharableRequest {
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
 * this vault made itself, so that something must have been put in the place
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
  { vault, linkVersion, ...request }: SharableRequest,
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

/** A link of version 1 proves nothing about who made the request, or who shared it since. */
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
