/**
 * Who may come where: every page and every server action of the app has a line
 * here. One without a line fails the test of access, so that nobody forgets to
 * decide.
 */

/** Statuses for an anonymous caller, a member and an owner, in this order. */
export type Answers = readonly [anonymous: number, member: number, owner: number];

export interface PageRule {
  /** An address of the page, with guessed ids. */
  readonly path: string;
  readonly answers: Answers;
}

export interface ActionRule {
  readonly answers: Answers;
  /** What is posted: guessed ids. Nothing otherwise, which a schema refuses after the rule let through. */
  readonly guess?: Readonly<Record<string, string>>;
}

const NOBODY = '00000000-0000-4000-8000-000000000000';
const TOKEN = 'A'.repeat(34);
const OPAQUE = 'A'.repeat(43);
const ROW = '0123456789abcdef';
/** Of a password that nobody has. */
const PROOF = { signInKey: 'A'.repeat(43) };
/** Ten that differ, in their canonical spelling. */
const CODE_HASHES = JSON.stringify(Array.from('ABCDEFGHIJ', (letter) => letter.repeat(42) + 'A'));

const everybody = (path: string): PageRule => ({ path, answers: [200, 200, 200] });
const staffOnly = (path: string): PageRule => ({ path, answers: [307, 200, 200] });
const ownersOnly = (path: string): PageRule => ({ path, answers: [307, 403, 200] });
const unknown = (path: string): PageRule => ({ path, answers: [404, 404, 404] });

/** By the file. */
export const PAGES: Readonly<Record<string, PageRule>> = {
  'app/(account)/email/[token]/page.tsx': unknown(`/email/${OPAQUE}`),
  'app/(account)/invitation/[token]/page.tsx': unknown(`/invitation/${OPAQUE}`),
  'app/(account)/recover/[token]/page.tsx': unknown(`/recover/${OPAQUE}`),
  'app/(account)/recover/page.tsx': everybody('/recover'),
  'app/(account)/sign-in/page.tsx': everybody('/sign-in'),
  'app/(account)/sign-up/page.tsx': everybody('/sign-up'),
  'app/(site)/docs/api/page.tsx': everybody('/docs/api'),
  'app/(site)/how-it-works/page.tsx': everybody('/how-it-works'),
  'app/(site)/page.tsx': everybody('/'),
  'app/(site)/s/[token]/page.tsx': unknown(`/s/${TOKEN}`),
  'app/(staff)/dashboard/page.tsx': staffOnly('/dashboard'),
  'app/(staff)/requests/[id]/page.tsx': { path: `/requests/${ROW}`, answers: [307, 404, 404] },
  'app/(staff)/requests/new/page.tsx': staffOnly('/requests/new'),
  'app/(staff)/settings/delete/page.tsx': staffOnly('/settings/delete'),
  'app/(staff)/settings/members/page.tsx': ownersOnly('/settings/members'),
  'app/(staff)/settings/page.tsx': staffOnly('/settings'),
  'app/(staff)/settings/policies/page.tsx': ownersOnly('/settings/policies'),
  'app/(staff)/settings/security/page.tsx': staffOnly('/settings/security'),
  'app/(staff)/settings/security/recovery-code/page.tsx': staffOnly(
    '/settings/security/recovery-code',
  ),
  'app/(staff)/settings/security/second-factor/page.tsx': staffOnly(
    '/settings/security/second-factor',
  ),
  'app/api/auth/[...nextauth]/route.ts': everybody('/api/auth/csrf'),
  'app/api/health/route.ts': everybody('/api/health'),
  'app/api/standing/route.ts': everybody('/api/standing'),
  'app/m/[token]/page.tsx': unknown(`/m/${'A'.repeat(55)}`),
  'app/r/[token]/page.tsx': unknown(`/r/${TOKEN}`),
};

/** Let through for everybody, and refused for what was posted: nothing. */
const PUBLIC: ActionRule = { answers: [400, 400, 400] };
const MEMBERS: ActionRule = { answers: [401, 400, 400] };
const OWNERS: ActionRule = { answers: [401, 403, 400] };

const members = (guess: ActionRule['guess'] & object, status: number): ActionRule => ({
  answers: [401, status, status],
  guess,
});
const owners = (guess: ActionRule['guess'] & object, status: number): ActionRule => ({
  answers: [401, 403, status],
  guess,
});

/** By the file and the name. */
export const ACTIONS: Readonly<Record<string, ActionRule>> = {
  'app/(account)/actions.ts findPasswordSalt': {
    answers: [200, 200, 200],
    guess: { email: 'nobody@example.org' },
  },
  'app/(account)/actions.ts signUp': PUBLIC,
  'app/(account)/actions.ts acceptInvitation': PUBLIC,
  'app/(account)/actions.ts readOwnVault': members({}, 200),
  'app/(account)/actions.ts readVaultShare': members({}, 200),
  'app/(account)/actions.ts lockOwnVault': members({}, 200),
  'app/(account)/recover/actions.ts askForRecovery': {
    answers: [200, 200, 200],
    guess: { email: 'nobody@example.org' },
  },
  'app/(account)/recover/actions.ts recoverAccount': PUBLIC,
  'app/(site)/actions.ts sealOnServer': PUBLIC,
  'app/(site)/actions.ts storeBrowserSealed': PUBLIC,
  'app/(site)/s/[token]/actions.ts destroyFromStatus': PUBLIC,
  'app/(site)/s/[token]/actions.ts withdrawReply': PUBLIC,
  'app/(staff)/dashboard/actions.ts destroySent': MEMBERS,
  'app/(staff)/requests/actions.ts createRequest': MEMBERS,
  'app/(staff)/requests/actions.ts claimReply': MEMBERS,
  'app/(staff)/requests/actions.ts acknowledgeReply': MEMBERS,
  'app/(staff)/requests/actions.ts addReader': MEMBERS,
  'app/(staff)/requests/actions.ts keepSeed': MEMBERS,
  'app/(staff)/requests/actions.ts removeReader': MEMBERS,
  'app/(staff)/requests/actions.ts chooseNotice': members({ request: ROW, isTold: 'yes' }, 404),
  'app/(staff)/requests/actions.ts extendRequest': members({ request: ROW, expiresIn: '1h' }, 404),
  'app/(staff)/requests/actions.ts closeRequest': members({ request: ROW }, 404),
  'app/(staff)/requests/actions.ts destroyRequest': members({ request: ROW }, 404),
  'app/(account)/email/[token]/actions.ts confirmEmail': PUBLIC,
  'app/(staff)/settings/actions.ts changeEmail': MEMBERS,
  'app/(staff)/settings/actions.ts changePassword': MEMBERS,
  'app/(staff)/settings/delete/actions.ts deleteAccount': members(
    { requestsAlone: '0', repliesAlone: '0', ...PROOF },
    401,
  ),
  'app/(staff)/settings/actions.ts saveProfile': MEMBERS,
  'app/(staff)/settings/members/actions.ts changeRole': owners(
    { accountId: NOBODY, role: 'OWNER', ...PROOF },
    401,
  ),
  'app/(staff)/settings/members/actions.ts inviteMember': OWNERS,
  'app/(staff)/settings/members/actions.ts confirmMembersChecked': owners({}, 200),
  'app/(staff)/settings/members/actions.ts askToHandOver': owners({ accountId: NOBODY }, 404),
  'app/(staff)/settings/members/actions.ts resetSecondFactor': owners(
    { accountId: NOBODY, ...PROOF },
    401,
  ),
  'app/(staff)/settings/members/actions.ts makeRecoveryLink': owners(
    { accountId: NOBODY, ...PROOF },
    401,
  ),
  'app/(staff)/settings/members/actions.ts removeMember': owners(
    { accountId: NOBODY, requestsAlone: '0', repliesAlone: '0', ...PROOF },
    401,
  ),
  'app/(staff)/settings/members/actions.ts revokeInvitation': owners({ invitationId: NOBODY }, 200),
  'app/(staff)/settings/policies/actions.ts savePolicy': OWNERS,
  'app/(staff)/settings/security/actions.ts acknowledgeReset': members({}, 200),
  'app/(staff)/settings/security/actions.ts endOtherSessions': members({}, 200),
  'app/(staff)/settings/security/actions.ts endSession': members({ sessionId: NOBODY }, 200),
  'app/(staff)/settings/security/actions.ts saveVaultLock': MEMBERS,
  'app/(staff)/settings/security/recovery-code/actions.ts changeRecoveryCode': MEMBERS,
  'app/(staff)/settings/security/second-factor/actions.ts confirmSecondFactor': members(
    { code: '000000', codeHashes: CODE_HASHES },
    400,
  ),
  'app/(staff)/settings/security/second-factor/actions.ts renewSecondFactorCodes': MEMBERS,
  'app/(staff)/settings/security/second-factor/actions.ts startSecondFactor': MEMBERS,
  'app/(staff)/settings/security/second-factor/actions.ts turnOffSecondFactor': MEMBERS,
  'app/m/[token]/actions.ts acknowledge': PUBLIC,
  'app/m/[token]/actions.ts claimBrowserSealed': PUBLIC,
  'app/m/[token]/actions.ts destroyBrowserSealed': PUBLIC,
  'app/m/[token]/actions.ts knock': PUBLIC,
  'app/m/[token]/actions.ts openServerSealed': PUBLIC,
  'app/r/[token]/actions.ts replyOnServer': PUBLIC,
  'app/r/[token]/actions.ts storeSealedReply': PUBLIC,
};

/** Under which limit an action stands, by its file and name; it is refused by that, and by no other. */
export function limitOf(key: string): 'create' | 'reply' | 'ask' | 'signIn' | 'staff' {
  if (key.startsWith('app/(site)/actions.ts')) return 'create';
  if (key.startsWith('app/r/')) return 'reply';
  if (key.startsWith('app/m/') || key.startsWith('app/(site)/s/')) return 'ask';
  return TRIES.some((name) => key.endsWith(` ${name}`)) ? 'signIn' : 'staff';
}

/** What can be used to try a password, a code or a link, or to write to somebody. */
const TRIES = [
  ...['findPasswordSalt', 'signUp', 'acceptInvitation', 'confirmEmail'],
  ...['askForRecovery', 'recoverAccount', 'changeEmail', 'changePassword', 'deleteAccount'],
  ...['changeRole', 'inviteMember', 'askToHandOver', 'resetSecondFactor', 'makeRecoveryLink'],
  ...['removeMember', 'changeRecoveryCode', 'renewSecondFactorCodes', 'startSecondFactor'],
  'turnOffSecondFactor',
];
