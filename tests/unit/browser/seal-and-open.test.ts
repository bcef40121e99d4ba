import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BrowserLink } from '@/lib/browser/browser-link';
import { knockWithLink, openWithLink } from '@/lib/browser/open-in-browser';
import { sealInBrowser } from '@/lib/browser/seal-in-browser';
import type { ClaimResult, KnockResult, PassphraseLockView } from '@/lib/sealed/outcomes';
import { claimForm, knockForm } from '@/lib/sealed/schema';
import { browserSealedForm } from '@/lib/sealed/sending-schema';
import { encodeBase64url, randomBytes } from '@/lib/protocol/bytes';
import type { Envelope } from '@/lib/protocol/envelope';
import { text } from '@/tests/support/envelopes';

// Workers are the browser's; the bytes of Argon2id are the same everywhere.
vi.mock('@/lib/browser/stretch-passphrase', async () => {
  const { stretchWithArgon2 } = await import('../../vectors/stretch-with-argon2');
  return { stretchInBrowser: stretchWithArgon2 };
});

beforeEach(() => vi.stubGlobal('sessionStorage', undefined));

const linkToken = encodeBase64url(randomBytes(25));
const secret = text('canary\n <b>0</b> ');
const fields: Envelope = {
  kind: 'fields',
  fields: [{ kind: 'password', label: 'canary label', value: 'canary' }],
};

async function seal(passphrase: string, secretToSeal = secret, recipients = '') {
  const { form, messageKeys } = await sealInBrowser({
    secret: secretToSeal,
    passphrase,
    expiresIn: '7d',
    note: 'n',
    recipients,
    notifyWhenOpened: false,
  });
  const [messageKey] = messageKeys;
  if (messageKey === undefined) throw new Error('There is a key for each copy.');
  const valueOf = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value : '';
  };
  const lock: PassphraseLockView | null =
    passphrase === ''
      ? null
      : {
          salt: valueOf('salt'),
          memoryKiB: Number(valueOf('memoryKiB')),
          passes: Number(valueOf('passes')),
          lanes: Number(valueOf('lanes')),
          profile: valueOf('profile') === 'words' ? 'words' : 'verbatim',
        };
  const link: BrowserLink = { linkToken, messageKey };
  const copies = JSON.parse(valueOf('copies')) as Record<'ciphertext' | 'openProof', string>[];
  const [copy] = copies;
  if (copy === undefined) throw new Error('There is a copy at least.');
  const claimed = {
    status: 'claimed',
    ciphertext: copy.ciphertext,
    openedAt: '2026-11-23T22:00:00.000Z',
  } as const;
  return { form, link, lock, claimed, openProof: copy.openProof, copies, messageKeys };
}

function order(link: BrowserLink, lock: PassphraseLockView | null, passphrase: string) {
  const { signal } = new AbortController();
  return { link, lock, passphrase, signal, onStretched: () => undefined };
}

describe.each([[''], ['tulip garden é']])('sealing in the browser, passphrase %j', (passphrase) => {
  it('hands over nothing that opens the message, in the form that the server takes', async () => {
    const { form, link } = await seal(passphrase);
    expect(browserSealedForm.safeParse(Object.fromEntries(form)).success).toBe(true);
    const sent = JSON.stringify([...form]);
    expect(sent).not.toContain('canary');
    expect(sent).not.toContain(encodeBase64url(link.messageKey));
    if (passphrase !== '') expect(sent).not.toContain(passphrase);
  });

  it('opens again with link and passphrase, and asks by proofs alone', async () => {
    const { link, lock, claimed, openProof } = await seal(passphrase);
    const asked: FormData[] = [];
    const claim = (form: FormData): Promise<ClaimResult> => {
      asked.push(form);
      return Promise.resolve(claimed);
    };
    const opening = await openWithLink(claim, order(link, lock, passphrase));
    expect(opening).toMatchObject({ status: 'opened', secret });
    const [form] = asked;
    expect(claimForm.safeParse(Object.fromEntries(form ?? [])).success).toBe(true);
    expect(form?.get('openProof')).toBe(openProof);
    expect(JSON.stringify([...(form ?? [])])).not.toContain(encodeBase64url(link.messageKey));
  });

  it('does the same for fields, of which not even a label is handed over', async () => {
    const { form, link, lock, claimed } = await seal(passphrase, fields);
    expect(JSON.stringify([...form])).not.toContain('canary');
    const opening = await openWithLink(
      () => Promise.resolve(claimed),
      order(link, lock, passphrase),
    );
    expect(opening).toMatchObject({ status: 'opened', secret: fields });
  });

  it('makes a copy for each recipient, under a key of their own and in the same form', async () => {
    const { form, copies, messageKeys } = await seal(passphrase, secret, 'Ada\nGrace\nAda');
    expect(browserSealedForm.safeParse(Object.fromEntries(form)).success).toBe(true);
    expect(copies).toHaveLength(2);
    expect(messageKeys).toHaveLength(2);
    expect(new Set(messageKeys.map(encodeBase64url)).size).toBe(2);
    expect(new Set(copies.map(({ ciphertext }) => ciphertext)).size).toBe(2);
  });

  it('claims by one nonce however often the answer is lost', async () => {
    const { link, lock, claimed } = await seal('');
    const nonces: unknown[] = [];
    const claim = (form: FormData): Promise<ClaimResult> => {
      nonces.push(form.get('nonce'));
      return nonces.length === 1
        ? Promise.reject(new TypeError('Failed to fetch'))
        : Promise.resolve(claimed);
    };
    await openWithLink(claim, order(link, lock, ''));
    expect(nonces).toHaveLength(2);
    expect(new Set(nonces).size).toBe(1);
  });
});

describe('what arrives for a browser-sealed link', () => {
  it('is not shown unless it fits the link', async () => {
    const [mine, other] = [await seal(''), await seal('')];
    const claim = () => Promise.resolve(other.claimed);
    await expect(openWithLink(claim, order(mine.link, null, ''))).rejects.toMatchObject({
      code: 'unreadable',
    });
  });

  it('is refused before any work where the cost of the passphrase was changed', async () => {
    const { link, lock, claimed } = await seal('tulip');
    const ask = vi.fn(() => Promise.resolve(claimed));
    const cheaper = lock === null ? null : { ...lock, passes: 1 };
    await expect(openWithLink(ask, order(link, cheaper, 'tulip'))).rejects.toMatchObject({
      code: 'unreadable',
    });
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('knocking', () => {
  it('proves the link without naming its key, and changes no claim', async () => {
    const { link } = await seal('');
    const asked: FormData[] = [];
    const ask = (form: FormData): Promise<KnockResult> => {
      asked.push(form);
      return Promise.resolve({ status: 'unknown' });
    };
    await knockWithLink(ask, link, null);
    const [form] = asked;
    expect(knockForm.safeParse(Object.fromEntries(form ?? [])).success).toBe(true);
    expect(JSON.stringify([...(form ?? [])])).not.toContain(encodeBase64url(link.messageKey));
    expect(form?.has('nonce')).toBe(false);
  });
});
