import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { toRequestId } from '@/lib/protocol/bytes';
import { createRequestId, isOwnRequestId } from '@/lib/protocol/request';
import {
  createRequestKeys,
  openSealedSeed,
  sealOwnSeed,
  sealSharedSeed,
  type RequestToSeal,
} from '@/lib/protocol/request-keys';
import { createVault, x25519KeyOf, type Vault } from '@/lib/protocol/vault';
import { sealSeedInVersion1 } from '@/tests/vectors/version-1-seed';
import { everyBitFlip } from './altered';
import { refusalOf, refusalsOf } from './refusal';

// Key encapsulations by the hundred: seconds on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const terms = { question: 'A key, please.', fields: [] };

let [ada, ben, eve]: [Vault, Vault, Vault] | [] = [];
let request: RequestToSeal;
/** What somebody who knows every public key would put in its place. */
let forged: RequestToSeal;

const vault = (one: Vault | undefined): Vault => {
  if (one === undefined) throw new Error('There is no vault.');
  return one;
};

beforeAll(async () => {
  [ada, ben, eve] = await Promise.all([createVault(), createVault(), createVault()]);
  const id = await createRequestId(ada.seed);
  request = { ...(await createRequestKeys()), id, terms };
  forged = { ...(await createRequestKeys()), id, terms };
});

const own = (of: Vault | undefined, sealed: RequestToSeal) =>
  sealOwnSeed(vault(of).seed, sealed, {
    linkVersion: 2,
    sealer: x25519KeyOf(vault(of).publicKey),
  });
const share = (from: Vault | undefined, to: Vault | undefined, sealed: RequestToSeal) =>
  sealSharedSeed(vault(from), sealed, { linkVersion: 2, readerPublicKey: vault(to).publicKey });
const version1 = (sealed: RequestToSeal, to: Vault | undefined) =>
  sealSeedInVersion1(sealed, vault(to).publicKey);
const open = (sealed: Uint8Array, of: RequestToSeal, by: Vault | undefined) =>
  openSealedSeed(sealed, of, vault(by));

describe('a request’s seed', () => {
  it('is opened by the vault that made it, and by each with which it was shared, who see by whom', async () => {
    const mine = await own(ada, request);
    const forBen = await share(ada, ben, request);
    expect([mine.length, forBen.length]).toEqual([95, 1203]);
    const sealer = x25519KeyOf(vault(ada).publicKey);
    const { seed } = request;
    expect(await open(Buffer.from(mine), request, ada)).toEqual({
      seed,
      kind: 'own',
      linkVersion: 2,
      sealer,
    });
    expect(await open(forBen, request, ben)).toEqual({
      seed,
      kind: 'shared',
      linkVersion: 2,
      sealer,
    });
    for (const stranger of [eve, ada]) {
      expect(await refusalOf(() => open(mine, request, stranger === ada ? ben : eve))).toBe(
        'bad_ciphertext',
      );
      expect(['bad_ciphertext', 'bad_binding']).toContain(
        await refusalOf(() => open(forBen, request, stranger)),
      );
    }
  });

  it('of one’s own request is taken from nobody else, whatever public keys they know', async () => {
    const attempts = [await version1(forged, ada), await share(eve, ada, forged)];
    for (const sealed of attempts) {
      expect(await refusalOf(() => open(sealed, forged, ada))).toBe('bad_binding');
    }
    expect(await refusalOf(async () => open(await own(eve, forged), forged, ada))).toBe(
      'bad_ciphertext',
    );
  });

  it('of one’s own request opens with no other key, id or question', async () => {
    const mine = await own(ada, request);
    const otherId = await createRequestId(vault(ada).seed);
    for (const altered of [
      { ...request, publicKey: forged.publicKey },
      { ...request, id: otherId },
      { ...request, terms: { ...terms, question: 'A key, pleasE.' } },
    ]) {
      expect(await refusalOf(() => open(mine, altered, ada))).toBe('bad_ciphertext');
    }
  });

  it('that is said to come from a colleague does: nobody else has what the two agree on', async () => {
    // Everything as Ada would write it, but for the seed of her vault.
    const asAda = { seed: vault(eve).seed, publicKey: vault(ada).publicKey };
    const forgery = await share(asAda, ben, forged);
    expect(await refusalOf(() => open(forgery, forged, ben))).toBe('bad_ciphertext');
    const { sealer } = await open(await share(eve, ben, forged), forged, ben);
    expect(sealer).toEqual(x25519KeyOf(vault(eve).publicKey));
  });

  it('is bound, shared, to its request and its reader', async () => {
    const forBen = await share(ada, ben, request);
    for (const altered of [
      { ...request, publicKey: forged.publicKey },
      { ...request, id: toRequestId(randomBytes(8)) },
      { ...request, terms: { ...terms, question: 'Another.' } },
    ]) {
      expect(await refusalOf(() => open(forBen, altered, ben))).toBe('bad_ciphertext');
    }
    expect(await refusalOf(() => open(forBen, request, eve))).toBe('bad_ciphertext');
  });

  it('is refused with a bit flipped or another length', async () => {
    for (const [sealed, by, step] of [
      [await own(ada, request), ada, 7],
      [await share(ada, ben, request), ben, 97],
    ] as const) {
      const flips = everyBitFlip(sealed.subarray(3), step).map((rest) =>
        Buffer.concat([sealed.subarray(0, 3), rest]),
      );
      const attempts = flips.map((bytes) => () => open(bytes, request, by));
      expect(await refusalsOf(attempts)).toEqual({ bad_ciphertext: flips.length });
      for (const index of [0, 1, 2]) {
        const altered = Buffer.from(sealed);
        altered[index] = 3;
        expect(await refusalOf(() => open(altered, request, by))).toBe('bad_version');
      }
      // The other version of the link exists: only the seal can tell.
      const otherLink = Buffer.from(sealed);
      otherLink[2] = 1;
      expect(await refusalOf(() => open(otherLink, request, by))).toBe('bad_ciphertext');
      const cut = sealed.subarray(0, -1);
      for (const bytes of [cut, Buffer.concat([sealed, Buffer.of(0)]), new Uint8Array(0)]) {
        expect(await refusalOf(() => open(bytes, request, by))).toBe('bad_length');
      }
    }
  });

  it('is never sealed with a public key that is not its own', async () => {
    const mixed = { ...request, publicKey: forged.publicKey };
    expect(await refusalOf(() => own(ada, mixed))).toBe('bad_key_pair');
    expect(await refusalOf(() => share(ada, ben, mixed))).toBe('bad_key_pair');
  });

  it('of version 1 is opened, as one that nobody proves to have sealed', async () => {
    const old = { ...request, id: toRequestId(randomBytes(8)) };
    const opened = await open(await version1(old, ada), old, ada);
    expect(opened).toMatchObject({ seed: old.seed, kind: 'version1', linkVersion: 1 });
    expect(opened.sealer).toEqual(new Uint8Array(32));
    const kept = await sealOwnSeed(vault(ada).seed, old, opened);
    expect(await open(kept, old, ada)).toMatchObject({ kind: 'own', linkVersion: 1 });
  });
});

describe('the id of a request', () => {
  it('is known again by the vault that drew it, and by no other', async () => {
    expect(await isOwnRequestId(vault(ada).seed, request.id)).toBe(true);
    expect(await isOwnRequestId(vault(ben).seed, request.id)).toBe(false);
    for (const id of everyBitFlip(request.id, 1)) {
      expect(await isOwnRequestId(vault(ada).seed, toRequestId(id))).toBe(false);
    }
  });

  it('is new every time', async () => {
    const ids = await Promise.all(
      Array.from({ length: 50 }, async () =>
        Buffer.from(await createRequestId(vault(ada).seed)).toString('hex'),
      ),
    );
    expect(new Set(ids).size).toBe(50);
  });
});
