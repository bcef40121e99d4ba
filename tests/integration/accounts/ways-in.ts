/** How each row of the table of ways in is acted out. */
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { changeEmail, confirmEmail } from '@/lib/accounts/email-change';
import { inviteMember, listInvitations, revokeInvitation } from '@/lib/accounts/invitations';
import { changeRole, deleteAccount, removeMember, resetSecondFactor } from '@/lib/accounts/members';
import type { Role } from '@/lib/accounts/outcomes';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/own-account';
import { recoverAccount } from '@/lib/accounts/recovery';
import { askForRecovery, makeRecoveryLink } from '@/lib/accounts/recovery-links';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/lib/accounts/second-factor-setup';
import { endOtherSessions, endSession, signOut } from '@/lib/accounts/sessions';
import { signIn } from '@/lib/accounts/sign-in';
import { signUpInvited, signUpOwner } from '@/lib/accounts/sign-up';
import { addSession, type TestAccountContext } from './account-context';
import { drawList } from './code-list';
import { NOTHING_ALONE } from './remove-as-told';
import { setUpSecondFactor, type World } from './ways-in-world';

export interface Shown {
  readonly signInKey: Uint8Array;
  readonly code: string;
  /** What was prepared: a token, an id. */
  readonly prepared: string;
}

export interface Act {
  readonly role: Role | 'without second factor';
  /** What has to be there before. */
  readonly prepare?: (context: TestAccountContext, world: World) => Promise<string>;
  readonly act: (context: TestAccountContext, world: World, shown: Shown) => Promise<unknown>;
  /** The addresses that hear of it. */
  readonly tells?: (world: World) => readonly string[];
}

export const NO_WAY_IN = [
  'findPasswordSalt',
  'readOwnVault',
  'readVaultShare',
  'lockOwnVault',
  'saveProfile',
  'saveVaultLock',
  'savePolicy',
  'acknowledgeReset',
  'askToHandOver',
  'confirmMembersChecked',
];

const NEW_EMAIL = 'new@example.org';

const vaultOf = (publicKey: Uint8Array) => ({
  publicKey,
  seedByPassword: randomBytes(60),
  seedByRecovery: randomBytes(60),
});

const madeInBrowser = () => ({
  name: 'New',
  credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
  vault: vaultOf(randomBytes(1216)),
});

const tokenOf = (text: string) => text.slice(text.lastIndexOf('/') + 1);

async function mailedToken(context: TestAccountContext, email: string): Promise<string> {
  askForRecovery(context, email);
  await context.finish();
  return tokenOf(context.mails.findLast((mail) => mail.startsWith(`recovery ${email} `)) ?? '');
}

async function invitedToken(context: TestAccountContext, { staff }: World): Promise<string> {
  const made = await inviteMember(context, staff, { email: NEW_EMAIL, role: 'MEMBER' });
  return made.status === 'made' ? tokenOf(made.link) : '';
}

const self = ({ actor }: World) => [actor.email];
const themselves = ({ member }: World) => [member.email];
const invited = () => [NEW_EMAIL];

export const ACTS: Readonly<Record<string, Act>> = {
  signUp: {
    role: 'OWNER',
    prepare: async ({ database: client }) => {
      await client.$executeRaw`TRUNCATE accounts CASCADE`;
      return '';
    },
    act: (context) => signUpOwner(context, { email: NEW_EMAIL, ...madeInBrowser() }),
    tells: invited,
  },
  acceptInvitation: {
    role: 'OWNER',
    prepare: invitedToken,
    act: (context, _world, { prepared }) =>
      signUpInvited(context, { token: prepared, ...madeInBrowser() }),
    tells: invited,
  },
  signIn: {
    role: 'MEMBER',
    act: (context, { actor }, { signInKey, code }) =>
      signIn(context, { email: actor.email, signInKey, code, device: '', replaces: null }),
  },
  signOut: {
    role: 'MEMBER',
    act: (context, { tokenHash }) => signOut(context, tokenHash),
  },
  endSession: {
    role: 'MEMBER',
    prepare: async (context, { actor }) => (await addSession(context, actor)).sessionId,
    act: (context, { staff }, { prepared }) => endSession(context, staff, prepared),
  },
  endOtherSessions: {
    role: 'MEMBER',
    act: (context, { staff }) => endOtherSessions(context, staff),
  },
  changePassword: {
    role: 'MEMBER',
    act: (context, { staff, actor }, { signInKey }) =>
      changePassword(context, staff, {
        currentSignInKey: signInKey,
        salt: randomBytes(16),
        signInKey: randomBytes(32),
        vaultPublicKey: actor.vaultPublicKey,
        vaultSeedByPassword: randomBytes(60),
      }),
    tells: self,
  },
  changeRecoveryCode: {
    role: 'MEMBER',
    act: (context, { staff, actor }, { signInKey }) =>
      changeRecoveryCode(context, staff, {
        signInKey,
        vaultPublicKey: actor.vaultPublicKey,
        vaultSeedByRecovery: randomBytes(60),
      }),
    tells: self,
  },
  changeEmail: {
    role: 'MEMBER',
    act: (context, { staff }, shown) => changeEmail(context, staff, { ...shown, email: NEW_EMAIL }),
    tells: ({ actor }) => [actor.email, NEW_EMAIL],
  },
  confirmEmail: {
    role: 'MEMBER',
    prepare: async (context, { staff, actor, freshCode }) => {
      const shown = { signInKey: actor.signInKey, code: freshCode() };
      await changeEmail(context, staff, { ...shown, email: NEW_EMAIL });
      return tokenOf(context.mails.findLast((mail) => mail.startsWith('confirm ')) ?? '');
    },
    act: (context, _world, { prepared }) => confirmEmail(context, prepared),
    tells: self,
  },
  deleteAccount: {
    role: 'MEMBER',
    act: (context, { staff }, shown) =>
      deleteAccount(context, staff, { ...shown, ...NOTHING_ALONE }),
    tells: self,
  },
  startSecondFactor: {
    role: 'without second factor',
    act: (context, { staff }, { signInKey }) => startSecondFactor(context, staff, signInKey),
  },
  confirmSecondFactor: {
    role: 'without second factor',
    prepare: async (context, { staff, actor }) => {
      const started = await startSecondFactor(context, staff, actor.signInKey);
      if (started.status !== 'started') throw new Error('It did not start.');
      return new TOTP({ secret: started.base32 }).generate();
    },
    act: async (context, { staff, actor }, { prepared }) => {
      const { codeHashes } = await drawList(actor.accountId);
      return confirmSecondFactor(context, staff, { code: prepared, codeHashes });
    },
    tells: self,
  },
  renewSecondFactorCodes: {
    role: 'MEMBER',
    act: async (context, { staff, actor }, shown) => {
      const { codeHashes } = await drawList(actor.accountId);
      return renewSecondFactorCodes(context, staff, { ...shown, codeHashes });
    },
    tells: self,
  },
  turnOffSecondFactor: {
    role: 'MEMBER',
    act: (context, { staff }, shown) => turnOffSecondFactor(context, staff, shown),
    tells: self,
  },
  askForRecovery: {
    role: 'MEMBER',
    act: (context, { actor }) => {
      askForRecovery(context, actor.email);
      return Promise.resolve(done());
    },
    tells: self,
  },
  recoverAccount: {
    role: 'MEMBER',
    prepare: (context, { actor }) => mailedToken(context, actor.email),
    act: (context, { actor }, { code, prepared }) =>
      recoverAccount(context, {
        token: prepared,
        code,
        credentials: { salt: randomBytes(16), signInKey: randomBytes(32) },
        vault: vaultOf(actor.vaultPublicKey),
        vaultIs: 'kept',
      }),
    tells: self,
  },
  makeRecoveryLink: {
    role: 'OWNER',
    act: (context, { staff, member }, shown) =>
      makeRecoveryLink(context, staff, { ...shown, accountId: member.accountId }),
    tells: themselves,
  },
  'inviteMember, of a member': {
    role: 'OWNER',
    act: (context, { staff }) => inviteMember(context, staff, { email: NEW_EMAIL, role: 'MEMBER' }),
    tells: invited,
  },
  'inviteMember, of an owner': {
    role: 'OWNER',
    act: (context, { staff }, shown) =>
      inviteMember(context, staff, { ...shown, email: NEW_EMAIL, role: 'OWNER' }),
    tells: ({ actor, otherOwner }) => [NEW_EMAIL, actor.email, otherOwner.email],
  },
  revokeInvitation: {
    role: 'OWNER',
    prepare: async (context, world) => {
      await invitedToken(context, world);
      return (await listInvitations(context.database))[0]?.id ?? '';
    },
    act: (context, { staff }, { prepared }) => revokeInvitation(context, staff, prepared),
  },
  changeRole: {
    role: 'OWNER',
    act: (context, { staff, member }, shown) =>
      changeRole(context, staff, { ...shown, accountId: member.accountId, role: 'OWNER' }),
    tells: themselves,
  },
  removeMember: {
    role: 'OWNER',
    act: (context, { staff, member }, shown) =>
      removeMember(context, staff, { ...shown, ...NOTHING_ALONE, accountId: member.accountId }),
    tells: themselves,
  },
  resetSecondFactor: {
    role: 'OWNER',
    prepare: async (context, { member }) => (await setUpSecondFactor(context, member)).join(),
    act: (context, { staff, member }, shown) =>
      resetSecondFactor(context, staff, { ...shown, accountId: member.accountId }),
    tells: themselves,
  },
};

function done() {
  return { status: 'done' };
}
