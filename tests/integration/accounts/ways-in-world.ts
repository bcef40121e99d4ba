/** Some people of an instance, one of whom acts: with a second factor, so that every act can ask for it. */
import { TOTP } from 'otpauth';
import type { Role } from '@/lib/accounts/outcomes';
import { confirmSecondFactor, startSecondFactor } from '@/lib/accounts/second-factor-setup';
import type { Staff } from '@/lib/accounts/sessions';
import {
  addAccount,
  addSession,
  staffFor,
  staffOf,
  type TestAccount,
  type TestAccountContext,
} from './account-context';
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
  context: TestAccountContext,
  role: Role | 'without second factor',
): Promise<World> {
  await context.database.$executeRaw`TRUNCATE accounts, invitations, requests CASCADE`;
  const actor = await addAccount(context, role === 'OWNER' ? 'OWNER' : 'MEMBER');
  const [otherOwner, member] = [await addAccount(context, 'OWNER'), await addAccount(context)];
  const codes = role === 'without second factor' ? [] : await setUpSecondFactor(context, actor);
  const { tokenHash } = await addSession(context, actor);
  const staff = await staffOf(context, tokenHash);
  return { actor, tokenHash, staff, otherOwner, member, freshCode: () => codes.shift() ?? '' };
}

/** Gives the codes of its list. */
export async function setUpSecondFactor(
  context: TestAccountContext,
  account: TestAccount,
): Promise<string[]> {
  return (await turnSecondFactorOn(context, account)).codes;
}

/** `code` turned it on, and is used up by that; `codes` are of the list. */
export async function turnSecondFactorOn(
  context: TestAccountContext,
  account: TestAccount,
): Promise<{ code: string; codes: string[] }> {
  const staff = await staffFor(context, account);
  const started = await startSecondFactor(context, staff, account.signInKey);
  if (started.status !== 'started') throw new Error('It did not start.');
  const code = new TOTP({ secret: started.base32 }).generate();
  const { codes, codeHashes } = await drawList(account.accountId);
  const confirmed = await confirmSecondFactor(context, staff, { code, codeHashes });
  if (confirmed.status !== 'done') throw new Error('It was not confirmed.');
  return { code, codes: [...codes] };
}
