/** What can be asked about accounts. What a caller may do to one is a condition of its statement. */
import 'server-only';
import { member, owner, renewSessionCookie } from '@/lib/server/accounts/current-staff';
import { anyone, byCode, byField, operation, type Refusals } from '@/lib/server/operation';
import * as emailChange from './email-change';
import * as invitations from './invitations';
import * as members from './members';
import type { DoneResult, SignUpField, SignUpResult } from './outcomes';
import * as ownAccount from './own-account';
import * as ownerPolicy from './owner-policy';
import * as recovery from './recovery';
import * as recoveryLinks from './recovery-links';
import * as restored from './restored';
import * as forms from './schema';
import * as secondFactor from './second-factor-setup';
import * as sessions from './sessions';
import { findPasswordSalt as findSalt } from './sign-in';
import { signUpInvited, signUpOwner } from './sign-up';
import { DONE, refused } from './together';
import * as vault from './vault';
import type { LossCount } from './views';

/** What takes a password, or makes a link, costs work or fills mailboxes: its limit is that of signing in. */
const byAnyone = { who: anyone, limit: 'signIn', refuse: byField } as const;
const byMember = { who: member, limit: 'staff', refuse: byField } as const;
const byMemberProved = { ...byMember, limit: 'signIn' } as const;
const byOwner = { who: owner, limit: 'staff', refuse: byField } as const;
const byOwnerProved = { ...byOwner, limit: 'signIn' } as const;

/** The salt of a password, for an address with or without an account. */
export const findPasswordSalt = operation({
  ...byAnyone,
  name: 'find salt',
  isLook: true,
  schema: forms.saltForm,
  run: (context, { email }) => findSalt(context, email),
  refuse: byCode,
});

const SIGN_UP_FIELDS: readonly SignUpField[] = ['name', 'email', 'password'];

const refuseSignUp = (refusals: Refusals): SignUpResult => ({
  status: 'refused',
  errors: Object.fromEntries(
    refusals.map(({ field, code }) => [
      SIGN_UP_FIELDS.find((name) => name === field) ?? 'form',
      code,
    ]),
  ),
});

/** Makes the first account. */
export const signUp = operation({
  ...byAnyone,
  name: 'sign up',
  schema: forms.signUpForm,
  run: (context, { name, email, ...made }) =>
    signUpOwner(context, { name, email, ...madeInBrowser(made) }),
  refuse: refuseSignUp,
});

/** Makes the account of an invitation. */
export const acceptInvitation = operation({
  ...byAnyone,
  name: 'accept invitation',
  schema: forms.acceptInvitationForm,
  run: (context, { name, token, ...made }) =>
    signUpInvited(context, { name, token, ...madeInBrowser(made) }),
  refuse: refuseSignUp,
});

/** One's own vault, still wrapped; a password that did not open it is counted as a try. */
export const readOwnVault = operation({
  ...byMember,
  name: 'read own vault',
  isLook: true,
  schema: forms.ownVaultForm,
  run: (context, { signInKey }, staff) => vault.readOwnVault(context, staff, signInKey),
  refuse: byCode,
});

/** What this browser lacks to use the vault that is open in it. */
export const readVaultShare = operation({
  ...byMember,
  name: 'read vault share',
  isLook: true,
  schema: forms.emptyForm,
  run: (context, _input, staff) => vault.readVaultShare(context, staff),
  refuse: byCode,
});

/** Locks one's own vault in this browser. */
export const lockOwnVault = operation({
  ...byMember,
  name: 'lock own vault',
  schema: forms.emptyForm,
  run: (context, _input, staff) => vault.lockOwnVault(context, staff),
});

/** How long one's vault stays open unused. */
export const saveVaultLock = operation({
  ...byMember,
  name: 'save vault lock',
  schema: forms.vaultLockForm,
  run: (context, { minutes }, staff) => vault.saveVaultLock(context, staff, minutes),
});

/** Mails a link to an address that has an account. The answer is the same for one that has none. */
export const askForRecovery = operation({
  ...byAnyone,
  name: 'ask for recovery',
  schema: forms.recoveryRequestForm,
  run: (context, { email }) => Promise.resolve(recoveryLinks.askForRecovery(context, email)),
});

/** Sets a new password by a recovery link; a new vault loses what its page said, and nothing else. */
export const recoverAccount = operation({
  ...byAnyone,
  name: 'recover account',
  schema: forms.recoverForm,
  run: (context, { token, code, ...made }) =>
    recovery.recoverAccount(context, { token, code, ...choiceOf(made), ...madeInBrowser(made) }),
});

/** Gives an account the address whose mailbox has the link. */
export const confirmEmail = operation({
  ...byAnyone,
  name: 'confirm e-mail',
  schema: forms.confirmEmailForm,
  run: (context, { token }) => emailChange.confirmEmail(context, token),
});

/** Saves one's own name. */
export const saveProfile = operation({
  ...byMember,
  name: 'save profile',
  schema: forms.profileForm,
  run: (context, { name }, staff) => ownAccount.saveName(context, staff, name),
});

/** A new password; every other browser is signed out, and this one goes on with another cookie. */
export const changePassword = operation({
  ...byMemberProved,
  name: 'change password',
  schema: forms.changePasswordForm,
  run: async (context, input, staff): Promise<DoneResult> => {
    const changed = await ownAccount.changePassword(context, staff, input);
    if (changed.status === 'refused') return changed;
    if (changed.sessionToken !== null) await renewSessionCookie(changed.sessionToken);
    return DONE;
  },
});

/** Another address to sign in with, once it is confirmed from there. */
export const changeEmail = operation({
  ...byMemberProved,
  name: 'change e-mail',
  schema: forms.changeEmailForm,
  run: (context, input, staff) => emailChange.changeEmail(context, staff, input),
});

/** Keeps one's vault under a new recovery code. */
export const changeRecoveryCode = operation({
  ...byMemberProved,
  name: 'change recovery code',
  schema: forms.recoveryCodeForm,
  run: (context, input, staff) => ownAccount.changeRecoveryCode(context, staff, input),
});

/** Deletes one's own account, with what its page said goes with it. */
export const deleteAccount = operation({
  ...byMemberProved,
  name: 'delete account',
  schema: forms.accountDeletionForm,
  run: (context, input, staff) => members.deleteAccount(context, staff, input),
});

/** Signs one of one's own browsers out. */
export const endSession = operation({
  ...byMember,
  name: 'end session',
  schema: forms.sessionForm,
  run: (context, { sessionId }, staff) => sessions.endSession(context, staff, sessionId),
});

/** Signs every browser of one's own out but this one. */
export const endOtherSessions = operation({
  ...byMember,
  name: 'end other sessions',
  schema: forms.emptyForm,
  run: (context, _input, staff) => sessions.endOtherSessions(context, staff),
});

/** Confirms having seen that one’s second factor was turned off by another person. */
export const acknowledgeReset = operation({
  ...byMember,
  name: 'acknowledge reset',
  schema: forms.emptyForm,
  run: (context, _input, staff) => ownAccount.acknowledgeReset(context, staff),
});

/** A secret for one's authenticator app, not in force yet. */
export const startSecondFactor = operation({
  ...byMemberProved,
  name: 'start second factor',
  schema: forms.passwordForm,
  run: (context, { signInKey }, staff) => secondFactor.startSecondFactor(context, staff, signInKey),
});

/** Puts the secret in force by a code of the app, with the list that was kept. */
export const confirmSecondFactor = operation({
  ...byMember,
  name: 'confirm second factor',
  schema: forms.confirmSecondFactorForm,
  run: (context, input, staff) => secondFactor.confirmSecondFactor(context, staff, input),
});

/** Puts a new list of codes that stand in for the app in force, once it was kept. */
export const renewSecondFactorCodes = operation({
  ...byMemberProved,
  name: 'renew second factor codes',
  schema: forms.codeListForm,
  run: (context, input, staff) => secondFactor.renewSecondFactorCodes(context, staff, input),
});

export const turnOffSecondFactor = operation({
  ...byMemberProved,
  name: 'turn off second factor',
  schema: forms.personForm,
  run: (context, input, staff) => secondFactor.turnOffSecondFactor(context, staff, input),
});

/** Decides what may be sent from now on. */
export const savePolicy = operation({
  ...byOwner,
  name: 'save policy',
  schema: forms.policyForm,
  run: (context, policy, staff) => ownerPolicy.savePolicy(context, staff, policy),
});

export const changeRole = operation({
  ...byOwnerProved,
  name: 'change role',
  schema: forms.roleForm,
  run: (context, input, staff) => members.changeRole(context, staff, input),
});

/** Removes an account, its sessions and what it could read. */
export const removeMember = operation({
  ...byOwnerProved,
  name: 'remove member',
  schema: forms.memberRemovalForm,
  run: (context, input, staff) => members.removeMember(context, staff, input),
});

/** A link to a new password, to hand over to a member. */
export const makeRecoveryLink = operation({
  ...byOwnerProved,
  name: 'make recovery link',
  schema: forms.memberForm,
  run: (context, input, staff) => recoveryLinks.makeRecoveryLink(context, staff, input),
});

/** Turns another member’s second factor off. */
export const resetSecondFactor = operation({
  ...byOwnerProved,
  name: 'reset second factor',
  schema: forms.memberForm,
  run: (context, input, staff) => members.resetSecondFactor(context, staff, input),
});

/** Asks a member by mail to share what only they can read. */
export const askToHandOver = operation({
  ...byOwnerProved,
  name: 'ask to hand over',
  schema: forms.memberIdForm,
  run: (context, { accountId }, staff) => members.askToHandOver(context, staff, accountId),
});

export const inviteMember = operation({
  ...byOwnerProved,
  name: 'invite member',
  schema: forms.invitationForm,
  run: (context, input, staff) => invitations.inviteMember(context, staff, input),
});

export const revokeInvitation = operation({
  ...byOwner,
  name: 'revoke invitation',
  schema: forms.invitationIdForm,
  run: (context, { invitationId }, staff) =>
    invitations.revokeInvitation(context, staff, invitationId),
});

/** An owner has looked through the members after the database was restored. */
export const confirmMembersChecked = operation({
  ...byOwner,
  name: 'confirm members checked',
  schema: forms.emptyForm,
  run: async ({ database }, _input, { accountId }): Promise<DoneResult> =>
    (await restored.confirmMembersChecked(database, accountId)) ? DONE : refused('not_allowed'),
});

interface MadeInBrowser {
  readonly salt: Uint8Array;
  readonly signInKey: Uint8Array;
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByPassword: Uint8Array;
  readonly vaultSeedByRecovery: Uint8Array;
}

function madeInBrowser(made: MadeInBrowser) {
  return {
    credentials: { salt: made.salt, signInKey: made.signInKey },
    vault: {
      publicKey: made.vaultPublicKey,
      seedByPassword: made.vaultSeedByPassword,
      seedByRecovery: made.vaultSeedByRecovery,
    },
  };
}

type ChosenVault = { readonly vaultIs: 'kept' } | ({ readonly vaultIs: 'new' } & LossCount);

function choiceOf(made: ChosenVault): recovery.VaultChoice {
  if (made.vaultIs === 'kept') return { vaultIs: 'kept' };
  const { requestsAlone, repliesAlone } = made;
  return { vaultIs: 'new', told: { requestsAlone, repliesAlone } };
}
