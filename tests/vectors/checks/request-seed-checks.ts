/** What a request’s link holds, its id, and its seed in version 2. */
import {
  toEncapsulationRandomness,
  toIv,
  toRequestId,
  toRequestPublicKey,
  toRequestSeed,
  toVaultPublicKey,
  toVaultSeed,
} from '@/lib/protocol/bytes';
import { LABELS } from '@/lib/protocol/constants';
import {
  bindSeed,
  encodeHeader,
  encodeRequestTerms,
  hashRequestTerms,
  isOwnRequestId,
  linkVersionOf,
  markRequestId,
  requestFingerprint,
  type RequestTerms,
} from '@/lib/protocol/request';
import {
  deriveOwnSeedKey,
  openSealedSeed,
  sealOwnSeed,
  sealSharedSeed,
  sharedSeedInfo,
} from '@/lib/protocol/request-keys';
import { SECRET_FIELD_KINDS } from '@/lib/protocol/envelope';
import { agreeOnSeedKey, vaultPublicKeyOf, x25519KeyOf } from '@/lib/protocol/vault';
import type { RequestSeedVectors, TermsVector } from '../request-vector-shapes';
import { expectBytes, expectRefusal, expectSame, fromHex, type VectorCheck } from './vector-check';

export function requestSeedChecks(vectors: RequestSeedVectors): VectorCheck[] {
  return [
    ...vectors.terms.map((vector) => ({
      name: `what a link holds: ${vector.name}`,
      run: () => checkTerms(vector),
    })),
    ...vectors.mismatches.map(({ name, requestPublicKey, fingerprint, ...terms }) => ({
      name: `what a link holds, refused: ${name}`,
      run: async () => {
        const asked = { publicKey: fromHex(requestPublicKey), terms: termsFrom(terms) };
        expectSame('link version', await linkVersionOf(asked, fingerprint), null);
      },
    })),
    ...vectors.ids.map((vector) => ({
      name: `request id: ${vector.name}`,
      run: () => checkId(vector),
    })),
    ...vectors.own.map((vector) => ({
      name: `own seed: ${vector.name}`,
      run: () => checkOwn(vector),
    })),
    ...vectors.shared.map((vector) => ({
      name: `shared seed: ${vector.name}`,
      run: () => checkShared(vector),
    })),
    ...vectors.refusals.map((vector) => ({
      name: `sealed seed refused: ${vector.name}`,
      run: () => expectRefusal(vector.error, () => open(vector)),
    })),
  ];
}

function termsFrom({ question, fields }: TermsVector): RequestTerms {
  return {
    question,
    fields: fields.map(({ kind, ...field }) => {
      const known = SECRET_FIELD_KINDS.find((name) => name === kind);
      if (known === undefined) throw new Error(`no such kind: ${kind}`);
      return { ...field, kind: known };
    }),
  };
}

async function checkTerms(vector: RequestSeedVectors['terms'][number]): Promise<void> {
  const terms = termsFrom(vector);
  expectBytes('encoded', encodeRequestTerms(terms), vector.encoded);
  expectBytes('hash', await hashRequestTerms(terms), vector.termsHash);
  const publicKey = toRequestPublicKey(fromHex(vector.requestPublicKey));
  const fingerprint = await requestFingerprint({ publicKey, terms }, 2);
  expectSame('fingerprint', fingerprint, vector.fingerprint);
  const version = await linkVersionOf({ publicKey, terms }, vector.fingerprint);
  expectSame('link version', version, 2);
}

async function checkId(vector: RequestSeedVectors['ids'][number]): Promise<void> {
  const vaultSeed = toVaultSeed(fromHex(vector.vaultSeed));
  const id = toRequestId(fromHex(vector.requestId));
  expectSame('own', await isOwnRequestId(vaultSeed, id), vector.isOwn);
  if (!vector.isOwn) return;
  expectBytes('id', await markRequestId(vaultSeed, fromHex(vector.drawn)), vector.requestId);
}

interface BoundVector extends TermsVector {
  readonly requestId: string;
  readonly requestPublicKey: string;
}

function boundFrom(vector: BoundVector) {
  return {
    id: toRequestId(fromHex(vector.requestId)),
    publicKey: toRequestPublicKey(fromHex(vector.requestPublicKey)),
    terms: termsFrom(vector),
  };
}

function linkVersionFrom(version: number): 1 | 2 {
  if (version === 1 || version === 2) return version;
  throw new Error(`no such version of a link: ${String(version)}`);
}

async function open(vector: BoundVector & { vaultSeed: string; sealed: string }) {
  const seed = toVaultSeed(fromHex(vector.vaultSeed));
  const vault = { seed, publicKey: await vaultPublicKeyOf(seed) };
  return openSealedSeed(fromHex(vector.sealed), boundFrom(vector), vault);
}

async function checkOwn(vector: RequestSeedVectors['own'][number]): Promise<void> {
  const vaultSeed = toVaultSeed(fromHex(vector.vaultSeed));
  const linkVersion = linkVersionFrom(vector.linkVersion);
  const header = { kind: 'own', linkVersion, sealer: fromHex(vector.sealer) } as const;
  expectBytes('header', encodeHeader(header), vector.header);
  expectBytes('key', await deriveOwnSeedKey(vaultSeed), vector.ownSeedKey);
  const bound = boundFrom(vector);
  const associatedData = await bindSeed(LABELS.ownSeed, header, bound);
  expectBytes('associated data', associatedData, vector.associatedData);
  const request = { ...bound, seed: toRequestSeed(fromHex(vector.requestSeed)) };
  const sealed = await sealOwnSeed(vaultSeed, request, header, toIv(fromHex(vector.iv)));
  expectBytes('sealed', sealed, vector.sealed);
  const opened = await open(vector);
  expectBytes('seed', opened.seed, vector.requestSeed);
  expectBytes('sealer', opened.sealer, vector.sealer);
  expectSame('link version', opened.linkVersion, vector.linkVersion);
}

async function checkShared(vector: RequestSeedVectors['shared'][number]): Promise<void> {
  const sharerSeed = toVaultSeed(fromHex(vector.sharerSeed));
  const sharer = { seed: sharerSeed, publicKey: await vaultPublicKeyOf(sharerSeed) };
  const readerPublicKey = toVaultPublicKey(fromHex(vector.readerPublicKey));
  const linkVersion = linkVersionFrom(vector.linkVersion);
  const sealer = x25519KeyOf(sharer.publicKey);
  const header = { kind: 'shared', linkVersion, sealer } as const;
  expectBytes('header', encodeHeader(header), vector.header);
  const agreed = await agreeOnSeedKey(sharerSeed, x25519KeyOf(readerPublicKey));
  expectBytes('pre-shared key', agreed, vector.psk);
  const bound = boundFrom(vector);
  expectBytes('info', await sharedSeedInfo(header, bound, readerPublicKey), vector.info);
  const sealed = await sealSharedSeed(
    sharer,
    { ...bound, seed: toRequestSeed(fromHex(vector.requestSeed)) },
    { linkVersion, readerPublicKey },
    toEncapsulationRandomness(fromHex(vector.randomness)),
  );
  expectBytes('sealed', sealed, vector.sealed);
  const opened = await open({ ...vector, vaultSeed: vector.readerSeed });
  expectBytes('seed', opened.seed, vector.requestSeed);
  expectBytes('sealer', opened.sealer, vector.sealer);
  expectSame('link version', opened.linkVersion, vector.linkVersion);
}
