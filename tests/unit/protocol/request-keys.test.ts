import { beforeAll, describe, expect, it } from 'vitest';
import { linkVersionOf, requestFingerprint, type RequestTerms } from '@/lib/protocol/request';
import {
  createRequestKeys,
  requestPublicKeyOf,
  type RequestKeys,
} from '@/lib/protocol/request-keys';
import { everyBitFlip } from './altered';

const terms: RequestTerms = {
  question: 'The login, please.',
  fields: [
    { kind: 'text', label: 'User' },
    { kind: 'password', label: 'Password', note: 'of the shop', required: true },
  ],
};

describe('the fingerprint in a request’s link', () => {
  let request: RequestKeys;
  let other: RequestKeys;

  beforeAll(async () => {
    [request, other] = await Promise.all([createRequestKeys(), createRequestKeys()]);
  });

  const fits = async (fingerprint: string, publicKey: Uint8Array, asked: RequestTerms = terms) =>
    linkVersionOf({ publicKey, terms: asked }, fingerprint);

  it('is of a key pair that is new for every request', async () => {
    expect([request.seed.length, request.publicKey.length]).toEqual([32, 1216]);
    expect(Buffer.from(request.seed)).not.toEqual(Buffer.from(other.seed));
    expect(await requestPublicKeyOf(request.seed)).toEqual(request.publicKey);
  });

  it.each([1, 2] as const)(
    'of version %i has 22 characters that no altered or other key fits',
    async (version) => {
      const { publicKey } = request;
      const fingerprint = await requestFingerprint({ publicKey, terms }, version);
      expect(fingerprint).toMatch(/^[\w-]{22}$/);
      expect(await fits(fingerprint, Buffer.from(publicKey))).toBe(version);
      expect(await fits(fingerprint, other.publicKey)).toBeNull();
      for (const flipped of everyBitFlip(publicKey, 61)) {
        expect(await fits(fingerprint, flipped)).toBeNull();
      }
      const cuts = Array.from({ length: 22 }, (_, length) => fingerprint.slice(0, length));
      for (const altered of [...cuts, `${fingerprint}A`, `${fingerprint}==`, ` ${fingerprint}`]) {
        expect(await fits(altered, publicKey)).toBeNull();
      }
    },
  );

  it('holds the question and every part of every field, in their order', async () => {
    const { publicKey } = request;
    const fingerprint = await requestFingerprint({ publicKey, terms }, 2);
    const [user, password] = terms.fields;
    if (user === undefined || password === undefined) throw new Error('no fields');
    const altered: readonly RequestTerms[] = [
      { ...terms, question: 'The login, please' },
      { ...terms, question: '' },
      { ...terms, fields: [] },
      { ...terms, fields: [user] },
      { ...terms, fields: [password, user] },
      { ...terms, fields: [user, password, user] },
      { ...terms, fields: [user, { ...password, kind: 'text' }] },
      { ...terms, fields: [user, { ...password, label: 'Passwort' }] },
      { ...terms, fields: [user, { ...password, note: undefined }] },
      { ...terms, fields: [user, { ...password, required: false }] },
      // What leaves one text must not be able to enter the next.
      { question: `${terms.question}\x02`, fields: terms.fields },
      { ...terms, fields: [user, { ...password, label: 'Passwordof', note: ' the shop' }] },
    ];
    for (const asked of altered) expect(await fits(fingerprint, publicKey, asked)).toBeNull();
    const spelledOut = { ...user, note: '', required: false };
    expect(await fits(fingerprint, publicKey, { ...terms, fields: [spelledOut, password] })).toBe(
      2,
    );
  });

  it('of version 1 holds the key alone, and says so', async () => {
    const { publicKey } = request;
    const fingerprint = await requestFingerprint({ publicKey, terms }, 1);
    expect(await fits(fingerprint, publicKey, { question: 'Another.', fields: [] })).toBe(1);
  });
});
