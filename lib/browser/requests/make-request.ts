import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { toVaultPublicKey } from '@/lib/protocol/bytes';
import { createRequestId, formatRequestId } from '@/lib/protocol/request-id';
import { requestFingerprint } from '@/lib/protocol/request-fingerprint';
import { createRequestKeys } from '@/lib/protocol/request-keys';
import { sealOwnSeed, sealSharedSeed } from '@/lib/protocol/request-seed';
import { x25519KeyOf } from '@/lib/protocol/vault-agreement';
import type { Colleague } from '@/lib/requests/outcomes';
import { requestTerms } from '@/lib/requests/schema';
import type { OpenVault } from '../vault/vault-memory';
import { nameOfVault } from './request-seed';

export { formatRequestLink } from '@/lib/protocol/link';

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

const LINK_VERSION = 2;

/**
 * Draws the id and the keys of a request and seals the seed for everybody who
 * may read. The seed itself is kept nowhere: from now on only their vaults open it.
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
    colleagues.map(async ({ vaultPublicKey, ...colleague }) => {
      const readerPublicKey = toVaultPublicKey(decodeBase64url(vaultPublicKey));
      const reader = { linkVersion: LINK_VERSION, readerPublicKey } as const;
      const sealedSeed = encodeBase64url(await sealSharedSeed(vault, request, reader));
      const sealedFor = await nameOfVault(readerPublicKey);
      return { accountId: colleague.accountId, isTold: colleague.isTold, sealedSeed, sealedFor };
    }),
  );
  return {
    fingerprint: await requestFingerprint(request, LINK_VERSION),
    request: formatRequestId(id),
    publicKey: encodeBase64url(publicKey),
    readers: JSON.stringify([own, ...shared]),
  };
}
