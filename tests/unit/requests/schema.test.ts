import { describe, expect, it } from 'vitest';
import { formatRowId, readRowId, replyIdOf, toRowId } from '@/lib/requests/request-id';
import { replyEnvelope } from '@/lib/requests/reply-envelope';
import { createForm, plainReplyForm, sealedReplyForm } from '@/lib/requests/schema';

const seed = (accountId: string) => ({
  accountId,
  sealedSeed: Buffer.alloc(1168).toString('base64url'),
  isTold: false,
});
const ADA = '00000000-0000-4000-8000-000000000001';

const create = {
  question: 'The password, please.',
  fields: '[]',
  expiresIn: '7d',
  repliesAllowed: '1',
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
      'a field without a name',
      { fields: '[{"kind":"text","label":" "}]' },
      'fields: field_label_missing',
    ],
  ])('refuses %s', (_name, changes, expected) => {
    expect(codes(changes)).toEqual([expected]);
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
