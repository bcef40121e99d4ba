/**
 * A new password. Rules: the old one is asked for again; the vault is the same
 * one under another wrapping; every other browser is signed out by the same
 * transaction, and this one gets another token by it, since whoever copied its
 * cookie must be out as well; the account's mailbox hears of it.
 */
import { wasDoneBefore } from './done-before';
import { createOpaqueToken, hashNewToken } from './opaque-token';
import type { DoneResult, Refused } from './outcomes';
import type { AccountDesk, Staff } from './ports';
import { provePassword } from './prove-password';
import { refused } from './refused';

export interface NewPassword {
  /** 32 bytes, of the password until now */
  readonly currentSignInKey: Uint8Array;
  /** 16 bytes, new */
  readonly salt: Uint8Array;
  readonly signInKey: Uint8Array;
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByPassword: Uint8Array;
}

/**
 * `sessionToken`: for the cookie of the browser that changed it, and nowhere else. Null where it was
 * done before: whoever is signed in still has it already.
 */
export interface PasswordChanged {
  readonly status: 'done';
  readonly sessionToken: string | null;
}

export async function changePassword(
  desk: AccountDesk,
  staff: Staff,
  { currentSignInKey, salt, signInKey, vaultPublicKey, vaultSeedByPassword }: NewPassword,
): Promise<PasswordChanged | Refused> {
  const vault = { publicKey: vaultPublicKey, seedByPassword: vaultSeedByPassword };
  const isDone = await wasDoneBefore(desk, {
    credentials: { salt, signInKey },
    vault: { ...vault, seedByRecovery: null },
  });
  if (isDone === null) return refused('busy');
  if (isDone) return { status: 'done', sessionToken: null };
  const tried = await provePassword(desk, staff, currentSignInKey);
  if (tried.status === 'refused') return tried;
  const hash = () => desk.hashSignInKey(signInKey);
  const signInHash = await desk.withStretchingRoom(hash, staff.accountId);
  if (signInHash === null) return refused('busy');
  const change = { passwordSalt: salt, signInHash, vaultPublicKey, vaultSeedByPassword };
  const sessionToken = createOpaqueToken();
  const tokenHash = await hashNewToken(sessionToken);
  const kept = { sessionId: staff.sessionId, tokenHash };
  const { accountId } = staff;
  const changed = await desk.together<PasswordChanged | Refused>(
    async ({ own, members, guesses, mail }) => {
      const isChanged = await own.changePassword(tried.proof, change, kept);
      if (!isChanged) return refused('changed_meanwhile');
      await guesses.tellAgain(accountId);
      const person = await members.findAddressee(accountId);
      if (person !== null) await mail.passwordChanged(person);
      return { status: 'done', sessionToken };
    },
  );
  // It was known by the password until now.
  if (changed.status === 'done') await desk.browser.remember({ accountId, signInHash });
  return changed;
}

export interface NewRecoveryCode {
  readonly signInKey: Uint8Array;
  readonly vaultPublicKey: Uint8Array;
  readonly vaultSeedByRecovery: Uint8Array;
}

/**
 * A new recovery code for the same vault: the one before opens nothing any more. Sent again, since the
 * answer was lost, it is in force already, and nobody is told a second time.
 */
export async function changeRecoveryCode(
  desk: AccountDesk,
  staff: Staff,
  { signInKey, ...change }: NewRecoveryCode,
): Promise<DoneResult> {
  const tried = await provePassword(desk, staff, signInKey);
  if (tried.status === 'refused') return tried;
  return desk.together(async ({ own, mail }) => {
    const changed = await own.changeRecoveryCode(tried.proof, change);
    if (changed === 'changed_meanwhile') return refused(changed);
    if (changed === 'done') await mail.accessChanged(staff, 'recovery_code');
    return { status: 'done' };
  });
}
