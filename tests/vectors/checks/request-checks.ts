/** Requests and the links to them. */
import {
  toEncapsulationRandomness,
  toRequestId,
  toRequestPublicKey,
  toRequestSeed,
  toTokenKey,
  toVaultPublicKey,
  toVaultSeed,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import { formatRequestLink, readRequestLink } from '@/lib/protocol/link';
import {
  linkVersionOf,
  requestFingerprint,
  requestInfo,
  type RequestTerms,
} from '@/lib/protocol/request';
import { openRequestSeedVersion1, requestPublicKeyOf } from '@/lib/protocol/request-keys';
import { sealRequestToken } from '@/lib/protocol/tokens';
import type { RequestLinkVectors, RequestVectors } from '../request-vector-shapes';
import { sealRequestSeed } from '../version-1-seed';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function requestChecks({ cases, mismatches, refusals }: RequestVectors): VectorCheck[] {
  return [
    ...cases.flatMap((vector) => [
      { name: `request, ${vector.name}: key and link`, run: () => checkLink(vector) },
      { name: `request, ${vector.name}: seed`, run: () => checkSeed(vector) },
    ]),
    ...mismatches.map(({ name, publicKey, fingerprint }) => ({
      name: `fingerprint refused: ${name}`,
      run: async () =>
        expectSame('link version', await versionOf(fromHex(publicKey), fingerprint), null),
    })),
    ...refusals.map(({ name, publicKey, readerSeed, sealed, error }) => ({
      name: `request seed refused: ${name}`,
      run: () =>
        expectRefusal(error, () =>
          openRequestSeedVersion1(
            fromHex(sealed),
            toRequestPublicKey(fromHex(publicKey)),
            toVaultSeed(fromHex(readerSeed)),
          ),
        ),
    })),
  ];
}

/** A link of version 1 says nothing of them. */
const ANY_TERMS: RequestTerms = { question: 'anything', fields: [] };

const versionOf = (publicKey: Uint8Array, fingerprint: string) =>
  linkVersionOf({ publicKey, terms: ANY_TERMS }, fingerprint);

type RequestCase = RequestVectors['cases'][number];

async function checkLink(vector: RequestCase): Promise<void> {
  const publicKey = await requestPublicKeyOf(toRequestSeed(fromHex(vector.seed)));
  expectBytes('public key', publicKey, vector.publicKey);
  const fingerprint = await requestFingerprint({ publicKey, terms: ANY_TERMS }, 1);
  expectSame('fingerprint', fingerprint, vector.fingerprint);
  expectSame('link version', await versionOf(publicKey, vector.fingerprint), 1);
  const tokenKey = toTokenKey(fromHex(vector.tokenKey));
  const token = sealRequestToken(tokenKey, toRequestId(fromHex(vector.requestId)));
  expectSame('token', token, vector.token);
  const link = formatRequestLink(`https://seal.example/r/${token}`, fingerprint);
  expectSame('link', link, vector.link);
}

async function checkSeed(vector: RequestCase): Promise<void> {
  const requestPublicKey = toRequestPublicKey(fromHex(vector.publicKey));
  const info = await requestInfo(LABELS.requestSeed, requestPublicKey);
  expectBytes('info', info, vector.info);
  const seed = toRequestSeed(fromHex(vector.seed));
  const readerPublicKey = toVaultPublicKey(fromHex(vector.readerPublicKey));
  const sealed = await sealRequestSeed(
    { seed, requestPublicKey, readerPublicKey },
    toEncapsulationRandomness(fromHex(vector.randomness)),
  );
  expectBytes('sealed', sealed, vector.sealed);
  const readerSeed = toVaultSeed(fromHex(vector.readerSeed));
  const opened = await openRequestSeedVersion1(
    fromHex(vector.sealed),
    requestPublicKey,
    readerSeed,
  );
  expectBytes('seed', opened, vector.seed);
}

export function requestLinkChecks(vectors: RequestLinkVectors): VectorCheck[] {
  return [
    ...vectors.cases.map(({ name, pathname, hash, token, fingerprint }) => ({
      name: `request link: ${name}`,
      run: () => {
        const link = readRequestLink(pathname, hash);
        expectSame('token', link?.token, token);
        expectSame('fingerprint', link?.fingerprint, fingerprint);
      },
    })),
    ...vectors.refused.map(({ name, pathname, hash }) => ({
      name: `request link refused: ${name}`,
      run: () => expectSame('link', readRequestLink(pathname, hash), null),
    })),
    ...vectors.refusedToWrite.map(({ name, base, fingerprint, error }) => ({
      name: `request link refused to write: ${name}`,
      run: () => expectRefusal(error, () => formatRequestLink(base, fingerprint)),
    })),
  ];
}
