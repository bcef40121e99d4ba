import { wasDoneBefore } from './done-before';
import { hashOpaqueToken } from './opaque-token';
import type { SignUpField } from './outcomes';
import type { AccountDesk, InvitationRecord, PasswordCredentials } from './ports';
import type { SealedVault } from './vault-records';
import type { RefusalCode } from '@/lib/refusal-code';

export interface SignUp {
  readonly name: string;
  readonly credentials: PasswordCredentials;
  readonly vault: SealedVault;
}

export type SignUpOutcome =
  | { readonly status: 'created' }
  | { readonly status: 'refused'; readonly field: SignUpField; readonly code: RefusalCode };

type OwnerSignUp = SignUp & { readonly email: string };

/** The first account of an instance becomes its owner's. */
export async function signUpOwner(desk: AccountDesk, given: OwnerSignUp): Promise<SignUpOutcome> {
  return answerOf(desk, given, await makeOwner(desk, given));
}

async function makeOwner(
  desk: AccountDesk,
  { email, name, credentials, vault }: OwnerSignUp,
): Promise<SignUpOutcome> {
  // Asked before the work, so that nobody makes a server with accounts hash for nothing.
  if (!(await desk.store.isEmpty())) return refused('form', 'invitation_needed');
  const signInHash = await hashed(desk, credentials);
  if (signInHash === null) return refused('form', 'busy');
  const account = { email, name, passwordSalt: credentials.salt, signInHash, vault };
  return desk.together(async ({ store, mail }) => {
    const accountId = await store.createOwner(account);
    if (accountId === null) return refused('form', 'invitation_needed');
    await mail.accessChanged({ email, name }, 'account_made');
    return { status: 'created' };
  });
}

/** What a link invites to; null for one that can't be used. Uses nothing up. */
export async function lookAtInvitation(
  desk: AccountDesk,
  token: string,
): Promise<InvitationRecord | null> {
  const invitationHash = await hashOpaqueToken(token);
  return invitationHash === null ? null : desk.store.findInvitation(invitationHash);
}

type InvitedSignUp = SignUp & { readonly token: string };

/** Every later account takes an invitation, which says its address and role. */
export async function signUpInvited(
  desk: AccountDesk,
  given: InvitedSignUp,
): Promise<SignUpOutcome> {
  return answerOf(desk, given, await makeInvited(desk, given));
}

async function makeInvited(
  desk: AccountDesk,
  { token, name, credentials, vault }: InvitedSignUp,
): Promise<SignUpOutcome> {
  const invitationHash = await hashOpaqueToken(token);
  if (invitationHash === null) return refused('form', 'invitation_unknown');
  const invitation = await desk.store.findInvitation(invitationHash);
  if (invitation === null) return refused('form', 'invitation_unknown');
  const signInHash = await hashed(desk, credentials);
  if (signInHash === null) return refused('form', 'busy');
  const account = { name, passwordSalt: credentials.salt, signInHash, vault };
  return desk.together(async ({ store, mail }) => {
    const created = await store.createInvited(invitationHash, account);
    if (created !== 'created') return refused('form', created);
    // Whoever reads along in a mailbox may have been faster than whom the invitation was for.
    await mail.accessChanged({ email: invitation.email, name }, 'account_made');
    return { status: 'created' };
  });
}

/** What was refused because it is done already is answered as the first time. */
async function answerOf(
  desk: AccountDesk,
  made: SignUp,
  outcome: SignUpOutcome,
): Promise<SignUpOutcome> {
  if (outcome.status === 'created' || outcome.code === 'busy') return outcome;
  const isDone = await wasDoneBefore(desk, made);
  if (isDone === null) return refused('form', 'busy');
  return isDone ? { status: 'created' } : outcome;
}

function hashed(desk: AccountDesk, { signInKey }: PasswordCredentials): Promise<string | null> {
  return desk.withStretchingRoom(() => desk.hashSignInKey(signInKey));
}

function refused(field: SignUpField, code: RefusalCode): SignUpOutcome {
  return { status: 'refused', field, code };
}
