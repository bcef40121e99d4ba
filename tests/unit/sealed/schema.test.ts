import { describe, expect, it } from 'vitest';
import { claimForm, openForm, statusForm } from '@/lib/sealed/schema';
import { browserSealedForm, composeForm } from '@/lib/sealed/sending-schema';
import { text } from '@/tests/support/envelopes';

const compose = { secret: 's', expiresIn: '7d', passphrase: '', note: '' };

function codes(
  schema: {
    safeParse: (value: unknown) => {
      success: boolean;
      error?: { issues: { path: PropertyKey[]; message: string }[] };
    };
  },
  value: unknown,
): string[] {
  return (
    schema
      .safeParse(value)
      .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []
  );
}

describe('compose form', () => {
  it('takes exactly 1 MiB of UTF-8 and refuses one byte more', () => {
    expect(composeForm.safeParse({ ...compose, secret: 'é'.repeat(524_288) }).success).toBe(true);
    expect(codes(composeForm, { ...compose, secret: `${'é'.repeat(524_288)}a` })).toEqual([
      'secret: secret_too_large',
    ]);
  });

  it('counts a line end once, however the form wrote it, and keeps a lone CR', () => {
    const parsed = composeForm.parse({ ...compose, secret: 'a\r\nb\rc\nd' });
    expect(parsed.secret).toEqual(text('a\nb\rc\nd'));
  });

  it('keeps white space around a secret: it may be part of it', () => {
    expect(composeForm.parse({ ...compose, secret: '  x \n' }).secret).toEqual(text('  x \n'));
  });

  it('takes fields in place of a text, and never both', () => {
    const fields = [{ kind: 'password', label: 'Password', value: ' x ' }] as const;
    const rest = { expiresIn: '7d', fields: JSON.stringify(fields) };
    expect(composeForm.parse(rest).secret).toEqual({ kind: 'fields', fields });
    expect(codes(composeForm, { ...rest, secret: 's' })).toEqual(['secret: input_malformed']);
    expect(codes(composeForm, { ...rest, fields: '[]' })).toEqual(['fields: fields_missing']);
  });

  it.each([
    ['an empty secret', { secret: '' }, 'secret: secret_missing'],
    ['a blank secret', { secret: ' \n\t' }, 'secret: secret_missing'],
    ['a missing secret', { secret: undefined }, 'secret: secret_missing'],
    ['an array', { secret: ['a'] }, 'secret: secret_missing'],
    ['an expiry nobody offered', { expiresIn: '999d' }, 'expiresIn: expiry_unknown'],
    ['a negative expiry', { expiresIn: '-1' }, 'expiresIn: expiry_unknown'],
    [
      'an expiry named like an object internal',
      { expiresIn: 'constructor' },
      'expiresIn: expiry_unknown',
    ],
    ['an object for an expiry', { expiresIn: { not: '7d' } }, 'expiresIn: expiry_unknown'],
    ['a long passphrase', { passphrase: 'x'.repeat(257) }, 'passphrase: passphrase_too_long'],
    [
      'a passphrase that grows when normalised',
      { passphrase: '\ufdfa'.repeat(256) },
      'passphrase: passphrase_too_long',
    ],
    ['a long note', { note: 'x'.repeat(201) }, 'note: note_too_long'],
    [
      'a note with a NUL, which PostgreSQL has no place for',
      { note: 'a\0b' },
      'note: input_malformed',
    ],
  ])('refuses %s by its field', (_name, changes, expected) => {
    expect(codes(composeForm, { ...compose, ...changes })).toEqual([expected]);
  });

  it('reports every wrong field at once', () => {
    expect(
      codes(composeForm, { secret: '', expiresIn: 'x', passphrase: '', note: 'x'.repeat(300) }),
    ).toHaveLength(3);
  });
});

const copy = {
  ciphertext: Buffer.alloc(300).toString('base64url'),
  openProof: Buffer.alloc(32, 1).toString('base64url'),
  knockProof: Buffer.alloc(32, 2).toString('base64url'),
};
const sealedAs = (changes: object) => ({
  copies: JSON.stringify([{ ...copy, ...changes }]),
  expiresIn: '1h',
  note: '',
});
const sealed = sealedAs({});
const lock = {
  salt: Buffer.alloc(16).toString('base64url'),
  memoryKiB: '65536',
  passes: '3',
  lanes: '1',
};

describe('browser-sealed form', () => {
  it('takes a message with and without a passphrase lock', () => {
    expect(browserSealedForm.parse(sealed).lock).toBeNull();
    expect(browserSealedForm.parse({ ...sealed, ...lock }).lock?.memoryKiB).toBe(65_536);
  });

  it.each([
    ['a weaker cost', { ...lock, passes: '1' }],
    ['a stronger cost', { ...lock, memoryKiB: '1048576' }],
    ['a cost without a salt', { memoryKiB: '65536', passes: '3', lanes: '1' }],
    ['a salt without a cost', { salt: lock.salt }],
    ['lanes alone', { lanes: '1' }],
    ['a cost in another spelling', { ...lock, passes: '03' }],
    ['a short salt', { ...lock, salt: 'AAAA' }],
  ])('refuses %s', (_name, changes) => {
    expect(browserSealedForm.safeParse({ ...sealed, ...changes }).success).toBe(false);
  });

  it.each([
    [
      'a ciphertext of a length that padding never makes',
      { ciphertext: Buffer.alloc(301).toString('base64url') },
    ],
    ['a ciphertext over the limit', { ciphertext: Buffer.alloc(2_000_000).toString('base64url') }],
    ['an empty ciphertext', { ciphertext: '' }],
    ['padded base64', { openProof: `${copy.openProof}=` }],
    ['a short proof', { knockProof: copy.knockProof.slice(1) }],
  ])('refuses a copy with %s', (_name, changes) => {
    expect(browserSealedForm.safeParse(sealedAs(changes)).success).toBe(false);
  });
});

describe('forms of a link', () => {
  const token = 'A'.repeat(55);
  const nonce = 'A'.repeat(22);

  it('opens nothing for a form submitted as it stands, without the box ticked', () => {
    expect(codes(openForm, { token, nonce, passphrase: '' })).toEqual(['show: show_unconfirmed']);
    expect(codes(openForm, { token, nonce, passphrase: '', intent: 'open' })).toEqual([
      'show: show_unconfirmed',
    ]);
  });

  it('destroys nothing for a form submitted without its button', () => {
    expect(openForm.safeParse({ token, nonce, passphrase: '', show: 'yes' }).data?.intent).toBe(
      'open',
    );
    expect(statusForm.safeParse({ token }).success).toBe(false);
  });

  it('takes one spelling of a nonce', () => {
    const claim = { token, nonce, openProof: copy.openProof, knockProof: copy.knockProof };
    expect(claimForm.safeParse(claim).success).toBe(true);
    expect(claimForm.safeParse({ ...claim, nonce: `${'A'.repeat(21)}B` }).success).toBe(false);
    expect(claimForm.safeParse({ ...claim, nonce: `${nonce}=` }).success).toBe(false);
  });
});
