import { describe, expect, it } from 'vitest';
import { EXPIRY_CHOICES, MAX_BYTES_FOR_ALL, MAX_RECIPIENTS, usualOf } from '@/lib/sealed/policy';
import { browserSealedForm, composeForm } from '@/lib/sealed/sending-schema';

const compose = { secret: 's', expiresIn: '1h' };

const copy = (fill: number) => ({
  ciphertext: Buffer.alloc(300, fill).toString('base64url'),
  openProof: Buffer.alloc(32, fill).toString('base64url'),
  knockProof: Buffer.alloc(32, fill).toString('base64url'),
});
const sealed = { copies: JSON.stringify([copy(1)]), expiresIn: '1h' };
const forEach = {
  copies: JSON.stringify([copy(1), copy(2)]),
  expiresIn: '1h',
  recipients: 'Ada\nGrace',
};

type Form = typeof composeForm | typeof browserSealedForm;

function codes(form: Form, value: unknown): string[] {
  const { error } = form.safeParse(value);
  return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
}

const FORMS = [
  { name: 'by the server', form: composeForm, posted: compose },
  { name: 'by the browser', form: browserSealedForm, posted: sealed },
  { name: 'by the browser for several', form: browserSealedForm, posted: forEach },
] as const;

describe.each(FORMS)('the form of a secret that is sealed $name', ({ form, posted }) => {
  it('tells nobody of the opening unless that was ticked', () => {
    expect(form.parse(posted).notifyWhenOpened).toBe(false);
    expect(form.parse({ ...posted, notifyWhenOpened: 'yes' }).notifyWhenOpened).toBe(true);
  });

  it.each([
    ['an object for recipients', { recipients: { not: '' } }, 'recipients'],
    ['a list for recipients', { recipients: ['Ada', 'Grace'] }, 'recipients'],
    [
      'a NUL in a recipient, which PostgreSQL has no place for',
      { recipients: 'A\0' },
      'recipients',
    ],
    ['another word than that of the box', { notifyWhenOpened: 'true' }, 'notifyWhenOpened'],
    ['an object for the box', { notifyWhenOpened: {} }, 'notifyWhenOpened'],
  ])('refuses %s', (_name, changes, field) => {
    expect(codes(form, { ...posted, ...changes })).toContain(`${field}: input_malformed`);
  });

  it('refuses a recipient too many, and one whose name is too long', () => {
    const many = Array.from({ length: MAX_RECIPIENTS + 1 }, (_, index) => `r${String(index)}`);
    expect(codes(form, { ...posted, recipients: many.join('\n') })).toContain(
      'recipients: too_many_recipients',
    );
    expect(codes(form, { ...posted, recipients: `Ada\n${'x'.repeat(201)}` })).toContain(
      'recipients: recipient_too_long',
    );
  });
});

describe('recipients in a form', () => {
  it('are nobody where the field is empty, or is not there', () => {
    expect(composeForm.parse(compose).recipients).toEqual([]);
    expect(composeForm.parse({ ...compose, recipients: ' \r\n' }).recipients).toEqual([]);
  });

  it('are as many as the secret has room for', () => {
    const secret = 'x'.repeat(MAX_BYTES_FOR_ALL / 2);
    const recipients = 'Ada\nGrace';
    expect(codes(composeForm, { ...compose, secret, recipients })).toEqual([]);
    expect(codes(composeForm, { ...compose, secret: `${secret}x`, recipients })).toEqual([
      'secret: secret_too_large_for_all',
    ]);
    const fields = JSON.stringify([{ kind: 'multiline', label: 'Key', value: secret }]);
    expect(codes(composeForm, { expiresIn: '1h', fields, recipients })).toEqual([
      'fields: secret_too_large_for_all',
    ]);
  });
});

describe('copies from the browser', () => {
  it('are one for each recipient, in their order', () => {
    const { copies, recipients } = browserSealedForm.parse(forEach);
    expect(recipients).toEqual(['Ada', 'Grace']);
    expect(copies.map(({ openProof }) => openProof[0])).toEqual([1, 2]);
  });

  it('are one for a single recipient, named or not', () => {
    expect(browserSealedForm.parse({ ...sealed, recipients: 'Ada' }).copies).toHaveLength(1);
    expect(browserSealedForm.parse(sealed).copies).toHaveLength(1);
    expect(browserSealedForm.safeParse({ ...sealed, recipients: 'Ada\nGrace' }).success).toBe(
      false,
    );
  });

  it.each([
    ['fewer copies than recipients', { recipients: 'Ada\nGrace\nEdsger' }],
    ['more copies than recipients', { recipients: 'Ada' }],
    ['one recipient twice', { recipients: 'Ada\nAda' }],
    ['several copies where no recipient is named', { recipients: '' }],
    ['no copies', { copies: '[]', recipients: '' }],
    ['no copies for one recipient', { copies: '[]', recipients: 'Ada' }],
    ['what is no JSON', { copies: '[' }],
    ['what is no list', { copies: JSON.stringify({ length: 2, 0: copy(1), 1: copy(2) }) }],
    ['null', { copies: 'null' }],
    ['a list of nothing', { copies: '[null,null]' }],
    [
      'a copy without a proof',
      { copies: JSON.stringify([copy(1), { ...copy(2), openProof: '' }]) },
    ],
    ['a list itself', { copies: [copy(1), copy(2)] }],
  ])('are refused: %s', (_name, changes) => {
    expect(browserSealedForm.safeParse({ ...forEach, ...changes }).success).toBe(false);
  });
});

describe('the lifetime of those who choose none', () => {
  it('is the usual one, or the longest that the owner allows', () => {
    expect(usualOf(EXPIRY_CHOICES)).toBe('7d');
    expect(usualOf(['5m', '1h', '1d'])).toBe('1d');
    expect(usualOf([])).toBeUndefined();
  });
});
