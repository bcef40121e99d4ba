import { decodeBase64url, encodeBase64url } from '@/lib/protocol/base64url';
import { toVaultPublicKey, type VaultPublicKey } from '@/lib/protocol/bytes';
import {
  createRequestKeys,
  requestFingerprint,
  sealRequestSeed,
} from '@/lib/protocol/request-keys';
import type { Colleague } from '@/lib/requests/outcomes';

export { formatRequestLink } from '@/lib/protocol/link';

export interface Maker {
  readonly accountId: string;
  /** Of one's own vault as this browser unlocked it, whatever the server says. */
  readonly vaultPublicKey: VaultPublicKey;
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
  /** The form's fields `publicKey` and `readers`. */
  readonly publicKey: string;
  readonly readers: string;
}

/**
 * Draws the keys of a request and seals the seed to everybody who may read.
 * The seed itself is kept nowhere: from now on only their vaults open it.
 */
export async function makeRequest(
  maker: Maker,
  colleagues: readonly ChosenColleague[],
): Promise<MadeRequest> {
  const { seed, publicKey } = await createRequestKeys();
  const readers = [
    { ...maker, key: maker.vaultPublicKey },
    ...colleagues.map(({ accountId, vaultPublicKey, isTold }) => ({
      accountId,
      isTold,
      key: toVaultPublicKey(decodeBase64url(vaultPublicKey)),
    })),
  ];
  const sealed = await Promise.all(
    readers.map(async ({ accountId, key, isTold }) => ({
      accountId,
      isTold,
      sealedSeed: encodeBase64url(await sealRequestSeed(seed, publicKey, key)),
    })),
  );
  return {
    fingerprint: await requestFingerprint(publicKey),
    publicKey: encodeBase64url(publicKey),
    readers: JSON.stringify(sealed),
  };
}
