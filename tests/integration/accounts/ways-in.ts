/** How each row of the table of ways in is acted out. */
import { randomBytes } from 'node:crypto';
import { TOTP } from 'otpauth';
import { changeEmail, confirmEmail } from '@/lib/accounts/change-email';
import { changePassword, changeRecoveryCode } from '@/lib/accounts/change-password';
import { deleteAccount } from '@/lib/accounts/delete-account';
import { endOtherSessions, endSession, signOut } from '@/lib/accounts/end-sessions';
import { inviteMember, revokeInvitation } from '@/lib/accounts/invite-member';
import { changeRole, removeMember, resetSecondFactor } from '@/lib/accounts/manage-members';
import type { Role } from '@/lib/accounts/outcomes';
import { askForRecovery, makeRecoveryLink, recoverAccount } from '@/lib/accounts/recover-account';
import {
  confirmSecondFactor,
  renewSecondFactorCodes,
  startSecondFactor,
  turnOffSecondFactor,
} from '@/lib/accounts/second-factor-setup';
import { signIn } from '@/lib/accounts/sign-in';
import { signUpInvited, signUpOwner } from '@/lib/accounts/sign-up';
import { addSession, type TestAccountDesk } from './account-desk';
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
  readonly prepare?: (desk: TestAccountDesk, world: World) => Promise<string>;
  readonly act: (desk: TestAccountDesk, world: World, shown: Shown) => Promise<unknown>;
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

async function mailedToken(desk: TestAccountDesk, email: string): Promise<string> {
  askForRecovery(desk, email);
  await desk.finish();
  return tokenOf(desk.mails.findLast((mail) => mail.startsWith(`recovery ${email} `)) ?? '');
}

async function invitedToken(desk: TestAccountDesk, { staff }: World): Promise<string> {
  const made = await inviteMember(desk, staff, { email: NEW_EMAIL, role: 'MEMBER' });
  return made.status === 'made' ? tokenOf(made.link) : '';
}

const self = ({ actor }: World) => [actor.email];
const themselves = ({ member }: World) => [member.email];
const invited = () => [NEW_EMAIL];

export const ACTS: Readonly<Record<string, Act>> = {
  signUp: {
    role: 'OWNER',
    prepare: async ({ client }) => {
      await client.$executeRaw`TRUNCATE accounts CASCADE`;
      return '';
    },
    act: (desk) => signUpOwner(desk, { email: NEW_EMAIL, ...madeInBrowser() }),
    tells: invited,
  },
  acceptInvitation: {
    role: 'OWNER',
    prepare: invitedToken,
    act: (desk, _world, { prepared }) =>
      signUpInvited(desk, { token: prepared, ...madeInBrowser() }),
    tells: invited,
  },
  signIn: {
    role: 'MEMBER',
    act: (desk, { actor }, { signInKey, code }) =>
      signIn(desk, { email: actor.email, signInKey, code, device: '', replaces: null }),
  },
  signOut: {
    role: 'MEMBER',
    act: (desk, { tokenHash }) => signOut(desk, tokenHash),
  },
  endSession: {
    role: 'MEMBER',
    prepare: async (desk, { actor }) => (await addSession(desk, actor)).sessionId,
    act: (desk, { staff }, { prepared }) => endSession(desk, staff, prepared),
  },
  endOtherSessions: {
    role: 'MEMBER',
    act: (desk, { staff }) => endOtherSessions(desk, staff),
  },
  changePassword: {
    role: 'MEMBER',
    act: (desk, { staff, actor }, { signInKey }) =>
      changePassword(desk, staff, {
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
    act: (desk, { staff, actor }, { signInKey }) =>
      changeRecoveryCode(desk, staff, {
        signInKey,
        vaultPublicKey: actor.vaultPublicKey,
        vaultSeedByRecovery: randomBytes(60),
      }),
    tells: self,
  },
  changeEmail: {
    role: 'MEMBER',
    act: (desk, { staff }, shown) => changeEmail(desk, staff, { ...shown, email: NEW_EMAIL }),
    tells: ({ actor }) => [actor.email, NEW_EMAIL],
  },
  confirmEmail: {
    role: 'MEMBER',
    prepare: async (desk, { staff, actor, freshCode }) => {
      const shown = { signInKey: actor.signInKey, code: freshCode() };
      await changeEmail(desk, staff, { ...shown, email: NEW_EMAIL });
      return tokenOf(desk.mails.findLast((mail) => mail.startsWith('confirm ')) ?? '');
    },
    act: (desk, _world, { prepared }) => confirmEmail(desk, prepared),
    tells: self,
  },
  deleteAccount: {
    role: 'MEMBER',
    act: (desk, { staff }, shown) => deleteAccount(desk, staff, { ...shown, ...NOTHING_ALONE }),
    tells: self,
  },
  startSecondFactor: {
    role: 'without second factor',
    act: (desk, { staff }, { signInKey }) => startSecondFactor(desk, staff, signInKey),
  },
  confirmSecondFactor: {
    role: 'without second factor',
    prepare: async (desk, { staff, actor }) => {
      const started = await startSecondFactor(desk, staff, actor.signInKey);
      if (started.status !== 'started') throw new Error('It did not start.');
      return new TOTP({ secret: started.secret.base32 }).generate();
    },
    act: async (desk, { staff, actor }, { prepared }) => {
      const { codeHashes } = await drawList(actor.accountId);
      return confirmSecondFactor(desk, staff, { code: prepared, codeHashes });
    },
    tells: self,
  },
  renewSecondFactorCodes: {
    role: 'MEMBER',
    act: async (desk, { staff, actor }, shown) => {
      const { codeHashes } = await drawList(actor.accountId);
      return renewSecondFactorCodes(desk, staff, { ...shown, codeHashes });
    },
    tells: self,
  },
  turnOffSecondFactor: {
    role: 'MEMBER',
    act: (desk, { staff }, shown) => turnOffSecondFactor(desk, staff, shown),
    tells: self,
  },
  askForRecovery: {
    role: 'MEMBER',
    act: (desk, { actor }) => {
      askForRecovery(desk, actor.email);
      return Promise.resolve(done());
    },
    tells: self,
  },
  recoverAccount: {
    role: 'MEMBER',
    prepare: (desk, { actor }) => mailedToken(desk, actor.email),
    act: (desk, { actor }, { code, prepared }) =>
      recoverAccount(desk, {
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
    act: (desk, { staff, member }, shown) =>
      makeRecoveryLink(desk, staff, { ...shown, accountId: member.accountId }),
    tells: themselves,
  },
  'inviteMember, of a member': {
    role: 'OWNER',
    act: (desk, { staff }) => inviteMember(desk, staff, { email: NEW_EMAIL, role: 'MEMBER' }),
    tells: invited,
  },
  'inviteMember, of an owner': {
    role: 'OWNER',
    act: (desk, { staff }, shown) =>
      inviteMember(desk, staff, { ...shown, email: NEW_EMAIL, role: 'OWNER' }),
    tells: ({ actor, otherOwner }) => [NEW_EMAIL, actor.email, otherOwner.email],
  },
  revokeInvitation: {
    role: 'OWNER',
    prepare: async (desk, world) => {
      await invitedToken(desk, world);
      return (await desk.members.listInvitations())[0]?.id ?? '';
    },
    act: (desk, { staff }, { prepared }) => revokeInvitation(desk, staff, prepared),
  },
  changeRole: {
    role: 'OWNER',
    act: (desk, { staff, member }, shown) =>
      changeRole(desk, staff, { ...shown, accountId: member.accountId, role: 'OWNER' }),
    tells: themselves,
  },
  removeMember: {
    role: 'OWNER',
    act: (desk, { staff, member }, shown) =>
      removeMember(desk, staff, { ...shown, ...NOTHING_ALONE, accountId: member.accountId }),
    tells: themselves,
  },
  resetSecondFactor: {
    role: 'OWNER',
    prepare: async (desk, { member }) => (await setUpSecondFactor(desk, member)).join(),
    act: (desk, { staff, member }, shown) =>
      resetSecondFactor(desk, staff, { ...shown, accountId: member.accountId }),
    tells: themselves,
  },
};

function done() {
  return { status: 'done' };
}
