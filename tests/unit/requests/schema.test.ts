import { describe, expect, it } from 'vitest';
import { rowId } from '@/lib/accounts/schema';
import { formatRowId, readRowId, replyIdOf, toRowId } from '@/lib/requests/rows';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import {
  addReaderForm,
  createForm,
  keepSeedForm,
  plainReplyForm,
  sealedReplyForm,
} from '@/lib/requests/schema';

/** Header and zeros: all that a server can look at. */
const sealed = (kind: 1 | 2, length: number) =>
  Buffer.concat([Buffer.of(2, kind, 2), Buffer.alloc(length - 3)]).toString('base64url');
const OWN = sealed(1, 95);
const SHARED = sealed(2, 1203);
const VERSION_1 = Buffer.alloc(1168).toString('base64url');

const SEALED_FOR = Buffer.alloc(32).toString('base64url');
const seed = (accountId: string, sealedSeed = OWN) => ({
  accountId,
  sealedSeed,
  sealedFor: SEALED_FOR,
  isTold: false,
});
const ADA = '00000000-0000-4000-8000-000000000001';
const GRACE = '00000000-0000-4000-8000-00000000000a';

const create = {
  question: 'The password, please.',
  fields: '[]',
  expiresIn: '7d',
  repliesAllowed: '1',
  request: '0123456789abcdef',
  publicKey: Buffer.alloc(1216).toString('base64url'),
  readers: JSON.stringify([seed(ADA)]),
};

function codes(changes: Readonly<Record<string, unknown>>): string[] {
  return (
    createForm
      .safeParse({ ...create, ...changes })
      .error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? []
  );
}

describe('the form of a new request', () => {
  it('takes what the page sends', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ repliesAllowed: '50' })).toEqual([]);
  });

  it('reads an id in capitals as the one it is', () => {
    const readers = JSON.stringify([seed(GRACE.toUpperCase())]);
    expect(createForm.parse({ ...create, readers }).readers[0]?.accountId).toBe(GRACE);
    expect(rowId.parse(GRACE.toUpperCase())).toBe(GRACE);
  });

  it.each([
    ['no question', { question: ' \n' }, 'question: question_missing'],
    ['a long question', { question: 'x'.repeat(501) }, 'question: question_too_long'],
    ['no place for a reply', { repliesAllowed: '0' }, 'repliesAllowed: replies_out_of_range'],
    ['too many replies', { repliesAllowed: '51' }, 'repliesAllowed: replies_out_of_range'],
    ['a half reply', { repliesAllowed: '1.5' }, 'repliesAllowed: replies_out_of_range'],
    ['nobody to read it', { readers: '[]' }, 'readers: input_malformed'],
    [
      'one reader twice',
      { readers: JSON.stringify([seed(ADA), seed(ADA)]) },
      'readers: input_malformed',
    ],
    [
      'one reader twice, in two spellings',
      { readers: JSON.stringify([seed(GRACE), seed(GRACE.toUpperCase())]) },
      'readers: input_malformed',
    ],
    ['readers that are no list', { readers: '{}' }, 'readers: input_malformed'],
    ['readers that are no JSON', { readers: '[' }, 'readers: input_malformed'],
    ['a short key', { publicKey: 'AAAA' }, 'publicKey: input_malformed'],
    [
      'a short seed',
      { readers: JSON.stringify([{ ...seed(ADA), sealedSeed: 'AAAA' }]) },
      'readers: input_malformed',
    ],
    [
      'no word of who is told',
      { readers: JSON.stringify([{ ...seed(ADA), isTold: undefined }]) },
      'readers: input_malformed',
    ],
    [
      'no word of whose vault a seed is for',
      { readers: JSON.stringify([{ ...seed(ADA), sealedFor: undefined }]) },
      'readers: input_malformed',
    ],
    [
      'a field without a name',
      { fields: '[{"kind":"text","label":" "}]' },
      'fields: field_label_missing',
    ],
  ])('refuses %s', (_name, changes, expected) => {
    expect(codes(changes)).toEqual([expected]);
  });
});

describe('sealed seeds', () => {
  const made = (sealedSeed: string) =>
    codes({ readers: JSON.stringify([seed(ADA), seed(GRACE, sealedSeed)]) });
  const reader = {
    request: '0123456789abcdef',
    accountId: ADA,
    sealedFor: SEALED_FOR,
    isTold: 'no',
  };
  const added = (sealedSeed: string) => addReaderForm.safeParse({ ...reader, sealedSeed }).success;
  const kept = (sealedSeed: string) => keepSeedForm.safeParse({ ...reader, sealedSeed }).success;

  it('are taken where their kind belongs: nobody shares by their own wrapping, or keeps another’s', () => {
    expect([made(OWN), made(SHARED)]).toEqual([[], []]);
    expect([added(OWN), added(SHARED)]).toEqual([false, true]);
    expect([kept(OWN), kept(SHARED)]).toEqual([true, false]);
  });

  it('of version 1, which prove nothing, are taken nowhere', () => {
    expect(made(VERSION_1)).toEqual(['readers: input_malformed']);
    expect([added(VERSION_1), kept(VERSION_1)]).toEqual([false, false]);
  });

  it('whose header and length disagree are refused', () => {
    for (const text of [sealed(2, 95), sealed(1, 1203), `${OWN}A`, OWN.slice(2)]) {
      expect([made(text).length, added(text), kept(text)]).toEqual([1, false, false]);
    }
  });
});

describe('the forms of a reply', () => {
  const token = 'A'.repeat(34);
  const nonce = 'A'.repeat(22);

  it('without a script hold the values in their order, whatever else is in them', () => {
    const form = { token, nonce, 'value-1': 'b', 'value-0': 'a', 'value-41': 'z', other: 'x' };
    const { values } = plainReplyForm.parse(form);
    expect(values.slice(0, 3)).toEqual(['a', 'b', '']);
    expect(values).not.toContain('z');
  });

  it.each([
    ['another length than padding makes', Buffer.alloc(1500).toString('base64url')],
    ['more than a reply can have', Buffer.alloc(1_200_000).toString('base64url')],
    ['padded base64', `${Buffer.alloc(1392).toString('base64url')}=`],
    ['nothing', ''],
  ])('refuse a sealed reply of %s', (_name, sealedReply) => {
    expect(sealedReplyForm.safeParse({ token, nonce, sealedReply }).success).toBe(false);
  });
});

describe('the envelope of a reply', () => {
  it('has each field that was asked for, also those left empty', () => {
    const fields = [
      { label: 'User', kind: 'text' },
      { label: 'Password', kind: 'password' },
    ] as const;
    expect(replyEnvelope(fields, ['', 'x'])).toBeInstanceOf(Uint8Array);
    expect(replyEnvelope(fields, ['', ' '])).toEqual({ refusal: 'reply_missing' });
    expect(replyEnvelope([], ['x'.repeat(1_048_577)])).toEqual({ refusal: 'reply_too_large' });
  });

  it('is none while something required is missing, and says nothing of what was required', () => {
    const fields = [
      { label: 'User', kind: 'text' },
      { label: 'Password', kind: 'password', required: true },
    ] as const;
    expect(replyEnvelope(fields, ['root', '\n '])).toEqual({ refusal: 'reply_incomplete' });
    const asked = fields.map(({ label, kind }) => ({ label, kind }));
    expect(replyEnvelope(fields, ['', 'x'])).toEqual(replyEnvelope(asked, ['', 'x']));
  });
});

describe('ids', () => {
  it('have one spelling in addresses, for every 64 bits', () => {
    for (const id of [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n)]) {
      expect(readRowId(formatRowId(id))).toBe(id);
    }
    expect(['', '1', 'F'.repeat(16), `${'0'.repeat(16)} `, '-1'].map(readRowId)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
  });

  it('of replies follow from the nonce alone', async () => {
    const [one, again, other] = await Promise.all(
      ['A', 'A', 'Q'].map((letter) => replyIdOf(letter.repeat(21) + 'A')),
    );
    if (one === undefined || again === undefined || other === undefined) throw new Error('No ids.');
    expect(toRowId(one)).toBe(toRowId(again));
    expect(toRowId(one)).not.toBe(toRowId(other));
  });
});
