/** What can go wrong between this browser and the server, or in this browser alone. */
export type TroubleCode =
  /** No answer came: offline, the connection cut, or something between that is not the app. */
  | LostAnswer
  /** The server can't say now what it was asked, and nothing hangs on that. */
  | 'server_failed'
  /** A bug of the server broke it off: of what only looks, and of an act, which may be done all the same. */
  | 'fault_in_look'
  | FaultInAct
  /** The page is older than the app that answers it. */
  | 'page_outdated'
  /** This browser offers no encryption to this page. */
  | 'encryption_missing'
  /** This browser lets the site keep nothing. */
  | 'storage_refused'
  /** Something else failed in this browser, and not on the server. */
  | 'browser_failed'
  /** Argon2 could not run here: no memory for it. */
  | 'stretching_failed'
  /** What arrived is not what the link promises. */
  | 'unreadable'
  /** The person pressed Cancel. */
  | 'cancelled';

export class BrowserTrouble extends Error {
  override readonly name = 'BrowserTrouble';

  constructor(
    readonly code: TroubleCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/**
 * The code of whatever was thrown. What the server answers, or doesn't, has a code already: the
 * rest happened here, and is named by what is missing here.
 */
export function troubleCodeOf(error: unknown): TroubleCode {
  if (error instanceof BrowserTrouble) return error.code;
  if (!canEncryptHere()) return 'encryption_missing';
  return isAboutStorage(error) ? 'storage_refused' : 'browser_failed';
}

/** Of IndexedDB and the storages, as engines word it; private windows and blocked site data. */
const REFUSALS_OF_STORAGE = [
  'SecurityError',
  'InvalidStateError',
  'UnknownError',
  'QuotaExceededError',
  'NotReadableError',
];

function isAboutStorage(error: unknown): boolean {
  if (error instanceof DOMException) return REFUSALS_OF_STORAGE.includes(error.name);
  try {
    const { indexedDB } = globalThis as { readonly indexedDB?: IDBFactory | null };
    return indexedDB === undefined || indexedDB === null;
  } catch {
    return true;
  }
}

/**
 * Whether this page may encrypt: browsers give `crypto.subtle` to https and
 * localhost only, so a page over plain http in a local network has none.
 */
export function canEncryptHere(): boolean {
  const { subtle } = globalThis.crypto as { readonly subtle?: SubtleCrypto };
  return subtle !== undefined;
}

/**
 * Loads a part of the app's own code when it is needed.
 *
 * @throws BrowserTrouble 'no_answer' if it can't be had now: offline, or replaced by a newer deployment
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (cause) {
    throw new BrowserTrouble('no_answer', { cause });
  }
}

/**
 * What is so when the answer of an action is lost, or says no more than that the database is away: it
 * may have gone away in the middle. The action may have reached the server and be done all the same,
 * so no page may say then that nothing was changed.
 */
export type LostAnswer =
  /** It only looks, so it can't have changed anything. */
  | 'no_answer'
  /** Done twice comes to the same: the same press asks again. */
  | 'lost_repeatable'
  /** Asked again it would be done again, or be refused: the page shows, once reloaded, whether it was. */
  | 'lost_reload'
  /** The link was in the answer: it is lost, and another one does no harm. */
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

/** The same where a bug of the server broke the action off: what may be so, and no word of connections. */
export type FaultInAct = `fault_${Exclude<LostAnswer, 'no_answer'>}`;

/**
 * The one place that decides, for every action that a script asks for, which words stand when its
 * answer is lost, or what broke it off was a bug; `messages/en/errors.ts` has them.
 */
export const LOST_ANSWERS = {
  findPasswordSalt: 'no_answer',
  readOwnVault: 'no_answer',
  readVaultShare: 'no_answer',
  knock: 'no_answer',

  sealOnServer: 'lost_link',
  storeBrowserSealed: 'lost_link',
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

/** What is so where a bug of the server broke an action off. */
export function faultIn(act: Act): FaultInAct | 'fault_in_look' {
  const lost = LOST_ANSWERS[act];
  return lost === 'no_answer' ? 'fault_in_look' : `fault_${lost}`;
}
