/** Some people of an instance, one of whom acts: with a second factor, so that every act can ask for it. */
import { TOTP } from 'otpauth';
import type { Role } from '@/lib/accounts/outcomes';
import type { Staff } from '@/lib/accounts/ports';
import { confirmSecondFactor, startSecondFactor } from '@/lib/accounts/second-factor-setup';
import {
  addAccount,
  addSession,
  staffFor,
  staffOf,
  type TestAccount,
  type TestAccountDesk,
} from './account-desk';
import { drawList } from './code-list';

export interface World {
  readonly actor: TestAccount;
  readonly tokenHash: Uint8Array;
  readonly staff: Staff;
  readonly otherOwner: TestAccount;
  readonly member: TestAccount;
  /** A code of the actor's list that was not used yet; '' for an actor without a second factor. */
  readonly freshCode: () => string;
}

export async function settle(
  desk: TestAccountDesk,
  role: Role | 'without second factor',
): Promise<World> {
  await desk.client.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  const actor = await addAccount(desk, role === 'OWNER' ? 'OWNER' : 'MEMBER');
  const [otherOwner, member] = [await addAccount(desk, 'OWNER'), await addAccount(desk)];
  const codes = role === 'without second factor' ? [] : await setUpSecondFactor(desk, actor);
  const { tokenHash } = await addSession(desk, actor);
  const staff = await staffOf(desk, tokenHash);
  return { actor, tokenHash, staff, otherOwner, member, freshCode: () => codes.shift() ?? '' };
}

/** Gives the codes of its list. */
export async function setUpSecondFactor(
  desk: TestAccountDesk,
  account: TestAccount,
): Promise<string[]> {
  return (await turnSecondFactorOn(desk, account)).codes;
}

/** `code` turned it on, and is used up by that; `codes` are of the list. */
export async function turnSecondFactorOn(
  desk: TestAccountDesk,
  account: TestAccount,
): Promise<{ code: string; codes: string[] }> {
  const staff = await staffFor(desk, account);
  const started = await startSecondFactor(desk, staff, account.signInKey);
  if (started.status !== 'started') throw new Error('It did not start.');
  const code = new TOTP({ secret: started.secret.base32 }).generate();
  const { codes, codeHashes } = await drawList(account.accountId);
  const confirmed = await confirmSecondFactor(desk, staff, { code, codeHashes });
  if (confirmed.status !== 'done') throw new Error('It was not confirmed.');
  return { code, codes: [...codes] };
}
