/**
 * What is so when the answer of an action is lost, or says no more than that the database is away: it may
 * have gone away in the middle. The action may have reached the server and be done
 * all the same, so no page may say then that nothing was changed. The one place that decides, for
 * every action that a script asks for, which words stand; `messages/en/errors.ts` has them.
 */

export type LostAnswer =
  /** It only looks, so it can't have changed anything. */
  | 'no_answer'
  /** Done twice comes to the same: the same press asks again. */
  | 'lost_repeatable'
  /** Asked again it would be done again, or be refused: the page shows, once reloaded, whether it was. */
  | 'lost_reload'
  /** The link was in the answer: nobody has it, and another one does no harm. */
  | 'lost_link'
  | 'lost_request'
  | 'lost_opening'
  | 'lost_reply'
  | 'lost_account'
  | 'lost_recovery'
  | 'lost_password'
  | 'lost_recovery_code'
  | 'lost_email'
  | 'lost_email_confirmed'
  | 'lost_deletion'
  | 'lost_second_factor'
  | 'lost_codes'
  | 'lost_sign_in'
  | 'lost_sign_out';

export const LOST_ANSWERS = {
  findPasswordSalt: 'no_answer',
  readOwnVault: 'no_answer',
  readVaultShare: 'no_answer',
  knock: 'no_answer',

  sealOnServer: 'lost_link',
  storeBrowserSealed: 'lost_link',
  storeBrowserSealedForEach: 'lost_link',
  openServerSealed: 'lost_opening',
  claimBrowserSealed: 'lost_opening',
  claimReply: 'lost_opening',
  destroyBrowserSealed: 'lost_repeatable',
  destroyFromStatus: 'lost_repeatable',
  destroySent: 'lost_repeatable',
  withdrawReply: 'lost_repeatable',
  storeSealedReply: 'lost_reply',
  // Of a reply as well. Nobody is told: the lease does the same a little later.
  acknowledge: 'lost_repeatable',

  createRequest: 'lost_request',
  addReader: 'lost_repeatable',
  removeReader: 'lost_repeatable',
  chooseNotice: 'lost_repeatable',
  extendRequest: 'lost_repeatable',
  closeRequest: 'lost_repeatable',
  destroyRequest: 'lost_repeatable',

  signUp: 'lost_account',
  acceptInvitation: 'lost_account',
  signIn: 'lost_sign_in',
  signOut: 'lost_sign_out',
  askForRecovery: 'lost_repeatable',
  recoverAccount: 'lost_recovery',
  lockOwnVault: 'lost_repeatable',
  saveProfile: 'lost_repeatable',
  saveVaultLock: 'lost_repeatable',
  savePolicy: 'lost_repeatable',
  changePassword: 'lost_password',
  changeRecoveryCode: 'lost_recovery_code',
  changeEmail: 'lost_email',
  confirmEmail: 'lost_email_confirmed',
  deleteAccount: 'lost_deletion',
  endSession: 'lost_repeatable',
  endOtherSessions: 'lost_repeatable',
  acknowledgeReset: 'lost_repeatable',
  startSecondFactor: 'lost_repeatable',
  confirmSecondFactor: 'lost_second_factor',
  renewSecondFactorCodes: 'lost_codes',
  turnOffSecondFactor: 'lost_reload',
  inviteMember: 'lost_link',
  makeRecoveryLink: 'lost_link',
  revokeInvitation: 'lost_repeatable',
  changeRole: 'lost_reload',
  removeMember: 'lost_reload',
  resetSecondFactor: 'lost_reload',
  askToHandOver: 'lost_repeatable',
  confirmMembersChecked: 'lost_repeatable',
} as const satisfies Readonly<Record<string, LostAnswer>>;

/** By its name, as in the tables of the specification. */
export type Act = keyof typeof LOST_ANSWERS;
