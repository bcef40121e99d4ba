import { keyPair } from '../reference/account-values';
import { fixed } from '../reference/primitives';
import { sealRequestSeed } from '../reference/request-values';
import {
  encodeTerms,
  fingerprint2,
  markedId,
  sealOwnSeed,
  sealSharedSeed,
  termsHash,
  x25519Public,
} from '../reference/sealed-seed-values';
import type { RequestSeedVectors, TermsVector } from '../request-vector-shapes';
import { withBitFlipped } from './altered-bytes';
import { hexOf } from './hex-of';

const ada = keyPair(fixed('vault seed', 32));
const ben = keyPair(fixed('other vault seed', 32));
const eve = keyPair(fixed('third vault seed', 32));
const request = keyPair(fixed('request seed', 32));
const otherRequest = keyPair(fixed('other request seed', 32));
const iv = fixed('own seed IV', 12);
const randomness = fixed('shared seed randomness', 64);

/** Drawn by the first vault; and one that no vault drew, as in version 1. */
const ownId = markedId(ada.seed, fixed('drawn request id', 4));
const unmarkedId = fixed('request id', 8);

const free: TermsVector = { question: 'The key of your Wi\u2011Fi, please.', fields: [] };
const login: TermsVector = {
  question: 'Your shop\u2019s login.\nThe one for editors.',
  fields: [
    { kind: 'url', label: 'Address' },
    { kind: 'text', label: 'User name', required: false },
    { kind: 'password', label: 'Pa\u00dfwort', note: 'At least 12 characters', required: true },
    { kind: 'multiline', label: 'Anything else', note: '' },
  ],
};

const ofAda = { linkVersion: 2, sealer: x25519Public(ada.publicKey) };
const bound = { requestId: ownId, publicKey: request.publicKey, terms: login };

export function makeRequestSeedVectors(): RequestSeedVectors {
  return {
    terms: [termsCase('one free reply', free), termsCase('fields', login)],
    mismatches: mismatches(),
    ids: [
      { name: 'of this vault', isOwn: true, ...idOf(ada.seed, ownId) },
      { name: 'of another vault', isOwn: false, ...idOf(ben.seed, ownId) },
      { name: 'last bit flipped', isOwn: false, ...idOf(ada.seed, withBitFlipped(ownId, 63)) },
      { name: 'first bit flipped', isOwn: false, ...idOf(ada.seed, withBitFlipped(ownId, 0)) },
      { name: 'as version 1 drew it', isOwn: false, ...idOf(ada.seed, unmarkedId) },
    ],
    own: [
      ownCase('of the one who asks', ada, ownId, ofAda),
      ownCase('kept by whom it was shared with', ben, ownId, ofAda),
      ownCase('kept from version 1', ada, unmarkedId, { linkVersion: 1, sealer: Buffer.alloc(32) }),
    ],
    shared: [
      sharedCase('shared with a colleague', ownId, 2),
      sharedCase('shared with a colleague, of version 1 before', unmarkedId, 1),
    ],
    refusals: refusals(),
  };
}

function idOf(vaultSeed: Buffer, requestId: Buffer) {
  return hexOf({ vaultSeed, drawn: requestId.subarray(0, 4), requestId });
}

function termsCase(name: string, terms: TermsVector) {
  const { publicKey } = request;
  return {
    name,
    ...terms,
    ...hexOf({
      requestPublicKey: publicKey,
      encoded: encodeTerms(terms),
      termsHash: termsHash(terms),
    }),
    fingerprint: fingerprint2(publicKey, terms),
  };
}

function mismatches(): RequestSeedVectors['mismatches'] {
  const [address, user, password] = login.fields;
  if (address === undefined || user === undefined || password === undefined) return [];
  const mismatch = (name: string, change: Partial<TermsVector>, key = request.publicKey) => ({
    name,
    ...login,
    ...change,
    requestPublicKey: key.toString('hex'),
    fingerprint: fingerprint2(request.publicKey, login),
  });
  const withPassword = (field: typeof password) => ({
    fields: login.fields.map((one) => (one === password ? field : one)),
  });
  return [
    mismatch('another key', {}, otherRequest.publicKey),
    mismatch('a full stop taken off the question', { question: login.question.slice(0, -1) }),
    mismatch('a line end as CRLF', { question: login.question.replace('\n', '\r\n') }),
    mismatch('no fields', { fields: [] }),
    mismatch('a field left out', { fields: login.fields.slice(1) }),
    mismatch('two fields the other way round', {
      fields: [user, address, ...login.fields.slice(2)],
    }),
    mismatch('another kind', withPassword({ ...password, kind: 'text' })),
    mismatch('another label', withPassword({ ...password, label: 'Passwort' })),
    mismatch('another note', withPassword({ ...password, note: 'At least 8 characters' })),
    mismatch('not required', withPassword({ ...password, required: false })),
  ];
}

type KeyPair = typeof ada;

function shown(requestId: Buffer) {
  return {
    ...hexOf({ requestSeed: request.seed, requestPublicKey: request.publicKey, requestId }),
    ...login,
  };
}

function ownCase(name: string, vault: KeyPair, requestId: Buffer, origin: typeof ofAda) {
  const made = sealOwnSeed(vault.seed, request.seed, { ...bound, requestId }, origin, iv);
  return {
    name,
    ...shown(requestId),
    ...hexOf({ vaultSeed: vault.seed, ...origin, ...made }),
  };
}

function sharedCase(name: string, requestId: Buffer, linkVersion: number) {
  const made = sealSharedSeed(
    ada,
    ben.publicKey,
    request.seed,
    { ...bound, requestId },
    linkVersion,
    randomness,
  );
  return {
    name,
    ...shown(requestId),
    linkVersion,
    sealer: x25519Public(ada.publicKey).toString('hex'),
    ...hexOf({ sharerSeed: ada.seed, readerSeed: ben.seed, readerPublicKey: ben.publicKey }),
    ...hexOf(made),
  };
}

function refusals(): RequestSeedVectors['refusals'] {
  const own = sealOwnSeed(ada.seed, request.seed, bound, ofAda, iv).sealed;
  const shareAs = (sharer: KeyPair, reader: KeyPair, seed = request.seed) =>
    sealSharedSeed(sharer, reader.publicKey, seed, bound, 2, randomness).sealed;
  const shared = shareAs(ada, ben);
  const version1 = sealRequestSeed(request, ada.publicKey, randomness).sealed;
  const faulty = (
    name: string,
    error: string,
    vault: KeyPair,
    sealed: Buffer,
    change: Partial<typeof bound> = {},
  ) => {
    const { requestId, publicKey, terms } = { ...bound, ...change };
    return {
      name,
      error,
      ...terms,
      ...hexOf({ requestId, requestPublicKey: publicKey, vaultSeed: vault.seed, sealed }),
    };
  };
  const withByte = (bytes: Buffer, index: number, value: number) => {
    const altered = Buffer.from(bytes);
    altered[index] = value;
    return altered;
  };
  const asIfBy = (by: KeyPair, sealed: Buffer) =>
    Buffer.concat([sealed.subarray(0, 3), x25519Public(by.publicKey), sealed.subarray(35)]);
  const otherSeed = sealOwnSeed(ada.seed, otherRequest.seed, bound, ofAda, iv).sealed;
  const otherTerms = { terms: { ...login, question: 'Another question.' } };
  const otherKey = { publicKey: otherRequest.publicKey };
  const otherId = { requestId: markedId(ada.seed, fixed('other drawn request id', 4)) };
  return [
    faulty('one’s own request, sealed in version 1', 'bad_binding', ada, version1),
    faulty('one’s own request, shared by another vault', 'bad_binding', ada, shareAs(eve, ada)),
    ...(
      [
        ['own', ada, own],
        ['shared', ben, shared],
      ] as const
    ).flatMap(([kind, vault, sealed]) => [
      faulty(`${kind}: another request’s id`, 'bad_ciphertext', vault, sealed, otherId),
      faulty(`${kind}: another public key`, 'bad_ciphertext', vault, sealed, otherKey),
      faulty(`${kind}: another question`, 'bad_ciphertext', vault, sealed, otherTerms),
      faulty(
        `${kind}: another version of the link`,
        'bad_ciphertext',
        vault,
        withByte(sealed, 2, 1),
      ),
      faulty(`${kind}: another sealer`, 'bad_ciphertext', vault, asIfBy(eve, sealed)),
      faulty(`${kind}: another vault`, 'bad_ciphertext', eve, sealed),
      faulty(
        `${kind}: last bit of the tag flipped`,
        'bad_ciphertext',
        vault,
        withBitFlipped(sealed, sealed.length * 8 - 1),
      ),
      faulty(`${kind}: version 3`, 'bad_version', vault, withByte(sealed, 0, 3)),
      faulty(
        `${kind}: a kind that is not its length’s`,
        'bad_version',
        vault,
        withByte(sealed, 1, 3),
      ),
      faulty(`${kind}: a link of version 3`, 'bad_version', vault, withByte(sealed, 2, 3)),
      faulty(`${kind}: one byte short`, 'bad_length', vault, sealed.subarray(0, -1)),
      faulty(`${kind}: one byte long`, 'bad_length', vault, Buffer.concat([sealed, Buffer.of(0)])),
    ]),
    faulty('own: the seed of another request', 'bad_key_pair', ada, otherSeed),
    faulty(
      'shared: the seed of another request',
      'bad_key_pair',
      ben,
      shareAs(ada, ben, otherRequest.seed),
    ),
    faulty(
      'shared: as if by a colleague, without the seed of their vault',
      'bad_ciphertext',
      ben,
      shareAs({ seed: eve.seed, publicKey: ada.publicKey }, ben),
    ),
    faulty(
      'shared: by a key that leads nowhere',
      'bad_public_key',
      ben,
      Buffer.concat([shared.subarray(0, 3), Buffer.alloc(32), shared.subarray(35)]),
    ),
    faulty('empty', 'bad_length', ada, Buffer.alloc(0)),
  ];
}
