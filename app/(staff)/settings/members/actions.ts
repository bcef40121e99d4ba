'use server';

import { inviteMember as invite, revokeInvitation as revoke } from '@/lib/accounts/invite-member';
import {
  askToHandOver as askMember,
  changeRole as change,
  removeMember as remove,
  resetSecondFactor as reset,
} from '@/lib/accounts/manage-members';
import type { DoneResult, LinkResult } from '@/lib/accounts/outcomes';
import { makeRecoveryLink as makeLink } from '@/lib/accounts/recover-account';
import { refused } from '@/lib/accounts/refused';
import {
  emptyForm,
  invitationForm,
  invitationIdForm,
  memberForm,
  memberIdForm,
  memberRemovalForm,
  roleForm,
} from '@/lib/accounts/schema';
import { confirmMembersChecked as confirmChecked } from '@/lib/server/history/restored-accounts';
import { database } from '@/lib/server/database';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const changesRole = staffAction<typeof roleForm, DoneResult>({
  name: 'change role',
  rule: 'owner',
  limit: 'signIn',
  schema: roleForm,
  run: (input, owner) => change(accountDesk(), owner, input),
  refuse: refuseForm,
});

export async function changeRole(form: FormData): Promise<DoneResult> {
  return changesRole(form);
}

const removes = staffAction<typeof memberRemovalForm, DoneResult>({
  name: 'remove member',
  rule: 'owner',
  limit: 'signIn',
  schema: memberRemovalForm,
  run: (input, owner) => remove(accountDesk(), owner, input),
  refuse: refuseForm,
});

/** Removes an account, its sessions and what it could read. */
export async function removeMember(form: FormData): Promise<DoneResult> {
  return removes(form);
}

const makesLink = staffAction<typeof memberForm, LinkResult>({
  name: 'make recovery link',
  rule: 'owner',
  limit: 'signIn',
  schema: memberForm,
  run: (input, owner) => makeLink(accountDesk(), owner, input),
  refuse: refuseForm,
});

/** A link to a new password, to hand over to a member. */
export async function makeRecoveryLink(form: FormData): Promise<LinkResult> {
  return makesLink(form);
}

const invites = staffAction<typeof invitationForm, LinkResult>({
  name: 'invite member',
  rule: 'owner',
  limit: 'signIn',
  schema: invitationForm,
  run: (input, owner) => invite(accountDesk(), owner, input),
  refuse: refuseForm,
});

export async function inviteMember(form: FormData): Promise<LinkResult> {
  return invites(form);
}

const revokes = staffAction<typeof invitationIdForm, DoneResult>({
  name: 'revoke invitation',
  rule: 'owner',
  limit: 'staff',
  schema: invitationIdForm,
  run: ({ invitationId }, owner) => revoke(accountDesk(), owner, invitationId),
  refuse: refuseForm,
});

export async function revokeInvitation(form: FormData): Promise<DoneResult> {
  return revokes(form);
}

const resets = staffAction<typeof memberForm, DoneResult>({
  name: 'reset second factor',
  rule: 'owner',
  limit: 'signIn',
  schema: memberForm,
  run: (input, owner) => reset(accountDesk(), owner, input),
  refuse: refuseForm,
});

/** Turns somebody else’s second factor off. */
export async function resetSecondFactor(form: FormData): Promise<DoneResult> {
  return resets(form);
}

const asksToHandOver = staffAction<typeof memberIdForm, DoneResult>({
  name: 'ask to hand over',
  rule: 'owner',
  limit: 'signIn',
  schema: memberIdForm,
  run: ({ accountId }, owner) => askMember(accountDesk(), owner, accountId),
  refuse: refuseForm,
});

/** Asks somebody by mail to share what only they can read. */
export async function askToHandOver(form: FormData): Promise<DoneResult> {
  return asksToHandOver(form);
}

const confirmsChecked = staffAction<typeof emptyForm, DoneResult>({
  name: 'confirm members checked',
  rule: 'owner',
  limit: 'staff',
  schema: emptyForm,
  run: async (_input, { accountId }) =>
    (await confirmChecked(database(), accountId)) ? { status: 'done' } : refused('not_allowed'),
  refuse: refuseForm,
});

/** An owner has looked through the members after the database was put back. */
export async function confirmMembersChecked(form: FormData): Promise<DoneResult> {
  return confirmsChecked(form);
}
