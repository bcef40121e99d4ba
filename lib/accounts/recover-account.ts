/**
 * Coming back after a lost password. Rules: whether an address has an account
 * shows neither in the answer nor in its time, since the work begins after it;
 * a link is good for one hour and one password; the second factor is asked for
 * here as at sign-in; the recovery code never reaches the server.
 */
import { encodeBase64url } from '@/lib/protocol/base64url';
import { wasDoneBefore } from './done-before';
import { createOpaqueToken, hashNewToken, hashOpaqueToken } from './opaque-token';
import type { LinkResult, DoneResult } from './outcomes';
import type { MemberAct } from './manage-members';
import type { AccountDesk, PasswordCredentials, Staff } from './ports';
import { provePerson } from './prove-person';
import type { SealedVault } from './vault-records';
import type { VaultChoice } from './recovery-ports';
import { isAsTold, type RecoveryView } from './views';
import { refused } from './refused';
import { refusalOfCode } from './try-secret';

/** Mails a link to the address if it has an account. */
export function askForRecovery(desk: AccountDesk, email: string): void {
  desk.afterwards(async () => {
    // Without mail a link would reach nobody.
    if (!desk.mail.isSetUp()) return;
    const token = createOpaqueToken();
    const tokenHash = await hashNewToken(token);
    await desk.together<DoneResult>(async ({ recovery, mail }) => {
      const created = await recovery.createForEmail(email, tokenHash);
      if (created === null) return refused('recovery_unknown');
      await mail.recovery(created, recoveryLink(desk, token));
      return { status: 'done' };
    });
  });
}

/**
 * A link for an owner to hand over to a member, who hears by mail that there is one. Nobody makes one
 * for themselves: it would set a password without that of before.
 */
export async function makeRecoveryLink(
  desk: AccountDesk,
  owner: Staff,
  { accountId, ...shown }: MemberAct,
): Promise<LinkResult> {
  if (accountId === owner.accountId) return refused('recovery_own');
  const tried = await provePerson(desk, owner, shown);
  if (tried.status === 'refused') return tried;
  const token = createOpaqueToken();
  const tokenHash = await hashNewToken(token);
  return desk.together(async ({ recovery, members, mail }) => {
    const made = await recovery.createForMember(tried.proof, accountId, tokenHash);
    if (made !== 'created') return refused(made);
    const member = await members.findAddressee(accountId);
    if (member === null) return refused('member_unknown');
    await mail.accessChanged(member, 'recovery_link', { by: owner.name });
    const link = recoveryLink(desk, token);
    return { status: 'made', link, email: member.email, isMailed: false };
  });
}

/**
 * What a recovery link leads to; null for one that can't be used. Uses nothing up, and tells of the
 * account's requests their number only: who holds the link is not its person yet.
 */
export async function lookAtRecovery(
  desk: AccountDesk,
  token: string,
): Promise<RecoveryView | null> {
  const tokenHash = await hashOpaqueToken(token);
  const record = tokenHash === null ? null : await desk.recovery.find(tokenHash);
  if (record === null) return null;
  return {
    email: record.email,
    hasSecondFactor: record.secondFactorSince !== null,
    vaultPublicKey: encodeBase64url(record.vaultPublicKey),
    vaultSeedByRecovery: encodeBase64url(record.vaultSeedByRecovery),
    losses: await desk.recovery.findLosses(record.accountId),
  };
}

export type Recovery = VaultChoice & {
  readonly token: string;
  /** Of the second factor; '' for none. */
  readonly code: string;
  readonly credentials: PasswordCredentials;
  readonly vault: SealedVault;
};

/** Sets a new password by a recovery link. What is sent again once it is done is answered as the first time. */
export async function recoverAccount(desk: AccountDesk, given: Recovery): Promise<DoneResult> {
  const result = await setPassword(desk, given);
  if (result.status === 'done' || result.refusal === 'busy') return result;
  const isDone = await wasDoneBefore(desk, given);
  if (isDone === null) return refused('busy');
  return isDone ? { status: 'done' } : result;
}

async function setPassword(
  desk: AccountDesk,
  { token, code, credentials, vault, ...choice }: Recovery,
): Promise<DoneResult> {
  const tokenHash = await hashOpaqueToken(token);
  if (tokenHash === null || (await desk.recovery.find(tokenHash)) === null) {
    return refused('recovery_unknown');
  }
  const { signInKey, salt } = credentials;
  const signInHash = await desk.withStretchingRoom(() => desk.hashSignInKey(signInKey));
  if (signInHash === null) return refused('busy');
  // Once more: a second factor may have come on while this waited for its turn.
  const record = await desk.recovery.find(tokenHash);
  if (record === null) return refused('recovery_unknown');
  const { accountId, secondFactorSince } = record;
  // Said before a code is used up for it. Under its locks it is compared again.
  if (choice.vaultIs === 'new') {
    const losses = await desk.recovery.findLosses(accountId);
    if (!isAsTold(losses, choice.told)) {
      // Of a link that was used meanwhile nothing else is said.
      const isUsed = (await desk.recovery.find(tokenHash)) === null;
      return isUsed ? refused('recovery_unknown') : lossesChanged();
    }
  }
  if (secondFactorSince !== null) {
    if (code === '') return refused('second_factor_needed', 'code');
    const tried = { accountId, signInHash: record.signInHash, code, isAfterPassword: false };
    const refusal = await refusalOfCode(desk, tried);
    if (refusal !== null) return refused(refusal, 'code');
  }
  const recovered = { passwordSalt: salt, signInHash, secondFactorSince, vault, ...choice };
  const done = await desk.together<DoneResult>(async ({ recovery, guesses, mail }) => {
    const completed = await recovery.complete(tokenHash, recovered);
    if (completed === null) return refused('recovery_unknown');
    if (completed === 'losses_changed') return lossesChanged();
    if (completed === 'changed_meanwhile') return refused(completed);
    await guesses.tellAgain(accountId);
    await mail.passwordChanged(completed);
    return { status: 'done' };
  });
  if (done.status === 'refused') return done;
  await desk.browser.remember({ accountId, signInHash });
  return { status: 'done' };
}

/** They stand where they are confirmed. */
const lossesChanged = () => refused('losses_changed', 'lossConfirmed');

function recoveryLink(desk: AccountDesk, token: string): string {
  return `${desk.appUrl}/recover/${token}`;
}
