import { describe, expect, it } from 'vitest';
import {
  acceptInvitationForm,
  changePasswordForm,
  codeListForm,
  confirmSecondFactorForm,
  invitationForm,
  memberForm,
  policyForm,
  profileForm,
  recoverForm,
  roleForm,
  sessionForm,
  signInForm,
  signUpForm,
  vaultLockForm,
} from '@/lib/accounts/schema';
import { EXPIRIES } from '@/lib/sealed/policy';

const bytes = (length: number) => Buffer.alloc(length, 7).toString('base64url');
const ID = '00000000-0000-4000-8000-000000000001';

const credentials = { salt: bytes(16), signInKey: bytes(32) };
const vault = {
  vaultPublicKey: bytes(1216),
  vaultSeedByPassword: bytes(60),
  vaultSeedByRecovery: bytes(60),
};

const proof = { signInKey: bytes(32), code: '123456' };

const hashes = Array.from({ length: 10 }, (_, index) =>
  Buffer.alloc(32, index).toString('base64url'),
);
const codeHashes = JSON.stringify(hashes);

/** Every form of accounts as a page posts it. */
const FORMS = {
  signIn: [signInForm, { email: 'ada@example.org', signInKey: bytes(32), code: '123456' }],
  signUp: [signUpForm, { name: 'Ada', email: 'ada@example.org', ...credentials, ...vault }],
  accept: [acceptInvitationForm, { name: 'Ada', token: bytes(32), ...credentials, ...vault }],
  firstCode: [confirmSecondFactorForm, { code: '123456', codeHashes }],
  codeList: [codeListForm, { ...proof, codeHashes }],
  profile: [profileForm, { name: 'Ada' }],
  password: [
    changePasswordForm,
    {
      currentSignInKey: bytes(32),
      ...credentials,
      vaultPublicKey: vault.vaultPublicKey,
      vaultSeedByPassword: vault.vaultSeedByPassword,
    },
  ],
  lock: [vaultLockForm, { minutes: '15' }],
  session: [sessionForm, { sessionId: ID }],
  member: [memberForm, { accountId: ID, ...proof }],
  role: [roleForm, { accountId: ID, role: 'OWNER', ...proof }],
  invitation: [invitationForm, { email: 'ada@example.org', role: 'MEMBER' }],
  'owner’s invitation': [invitationForm, { email: 'ada@example.org', role: 'OWNER', ...proof }],
  policy: [policyForm, { whoMaySend: 'members', longestExpiry: '1d', passphraseRequired: 'yes' }],
  recover: [
    recoverForm,
    {
      token: bytes(32),
      code: '',
      vaultIs: 'new',
      lossConfirmed: 'yes',
      requestsAlone: '1',
      repliesAlone: '2',
      ...credentials,
      ...vault,
    },
  ],
} as const;

/** What no field of any form takes for a text. */
const HOSTILE: readonly unknown[] = [
  {},
  { not: 'x' },
  ['x'],
  ['ada@example.org', 'eve@example.org'],
  null,
  7,
  Number.NaN,
  true,
];

const cases = Object.entries(FORMS).map(([name, [schema, form]]) => ({ name, schema, form }));

describe.each(cases)('the form $name', ({ schema, form }) => {
  it('takes what its page posts', () => {
    expect(schema.safeParse(form).error?.issues).toBeUndefined();
  });

  it('takes nothing but texts, field by field', () => {
    for (const field of Object.keys(form)) {
      for (const value of HOSTILE) {
        expect(schema.safeParse({ ...form, [field]: value }).success, field).toBe(false);
      }
    }
  });

  it('takes no text that is huge', () => {
    for (const field of Object.keys(form)) {
      const huge = { ...form, [field]: 'x'.repeat(100_000) };
      expect(schema.safeParse(huge).success, field).toBe(false);
    }
  });
});

describe('addresses to invite', () => {
  it.each([
    'ada@example.org,eve@example.org',
    'ada@example.org eve@example.org',
    '"ada"@example.org',
    'Ada <ada@example.org>',
    'ada@example.org\r\nBcc: eve@example.org',
    'ada@exаmple.org',
    'ada@',
    '@example.org',
    '',
  ])('are one plain mailbox each: not %j', (email) => {
    const parsed = invitationForm.safeParse({ email, role: 'MEMBER' });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['email_invalid']);
  });

  it('are the same in capitals', () => {
    expect(invitationForm.parse({ email: 'ADA@Example.ORG', role: 'MEMBER' }).email).toBe(
      'ada@example.org',
    );
  });
});

describe('names', () => {
  it.each(['Ada\r\nBcc: eve@example.org', 'Ada\u2028Lovelace', 'Ada\0'])(
    'are one line: not %j',
    (name) => {
      expect(profileForm.safeParse({ name }).success).toBe(false);
    },
  );
});

describe('keys from the browser', () => {
  it.each([bytes(31), bytes(33), `${bytes(32)}=`, bytes(32).slice(0, -1), ''])(
    'have their one length and spelling: not %j',
    (signInKey) => {
      const form = { email: 'ada@example.org', signInKey };
      expect(signInForm.safeParse(form).success).toBe(false);
    },
  );
});

describe('a list of codes that stand in for the second factor', () => {
  const [first = '', second = '', ...rest] = hashes;
  it.each([
    ['is too short', hashes.slice(1)],
    ['is too long', [...hashes, bytes(32)]],
    ['is empty', []],
    ['has one twice', [first, first, ...rest]],
    ['has one of another length', [bytes(31), second, ...rest]],
    ['has one in another spelling', [`${first}=`, second, ...rest]],
    ['has something else in it', [null, second, ...rest]],
    ['is none', { 0: first, length: 10 }],
  ])('is refused where it %s', (_what, list) => {
    const codeHashes = JSON.stringify(list);
    expect(codeListForm.safeParse({ ...proof, codeHashes }).success).toBe(false);
    expect(confirmSecondFactorForm.safeParse({ code: '123456', codeHashes }).success).toBe(false);
  });

  it('is refused where it is left out, or no list at all', () => {
    for (const codeHashes of [undefined, '', '[', hashes.join()]) {
      expect(codeListForm.safeParse({ ...proof, codeHashes }).success).toBe(false);
      expect(confirmSecondFactorForm.safeParse({ code: '123456', codeHashes }).success).toBe(false);
    }
  });
});

describe('a vault that is given up', () => {
  it('is so only when the loss was confirmed', () => {
    const [, form] = FORMS.recover;
    const parsed = recoverForm.safeParse({ ...form, lossConfirmed: 'no' });
    expect(parsed.error?.issues.map(({ message }) => message)).toEqual(['loss_unconfirmed']);
  });

  it('goes with what was told of it, and one that is kept with nothing of that', () => {
    const [, form] = FORMS.recover;
    const untold = { requestsAlone: undefined, repliesAlone: undefined };
    for (const left of ['requestsAlone', 'repliesAlone']) {
      expect(recoverForm.safeParse({ ...form, [left]: undefined }).success, left).toBe(false);
    }
    const kept = { ...form, ...untold, vaultIs: 'kept', lossConfirmed: undefined };
    expect(recoverForm.safeParse(kept).success).toBe(true);
  });
});

describe('the policy', () => {
  it('is in seconds of what the form offers, and no passphrase unless ticked', () => {
    const parsed = policyForm.parse({ whoMaySend: 'anyone', longestExpiry: '1d' });
    expect(parsed).toEqual({
      whoMaySend: 'anyone',
      longestExpiry: EXPIRIES['1d'],
      passphraseRequired: false,
    });
    expect(policyForm.safeParse({ whoMaySend: 'anyone', longestExpiry: '90d' }).success).toBe(
      false,
    );
  });
});
