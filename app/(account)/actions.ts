'use server';

import { findPasswordSalt as findSalt } from '@/lib/accounts/find-password-salt';
import type {
  DoneResult,
  SaltResult,
  SignUpField,
  SignUpResult,
  VaultResult,
  VaultShareResult,
} from '@/lib/accounts/outcomes';
import {
  lockOwnVault as lockVault,
  readOwnVault as readVault,
  readVaultShare as readShare,
} from '@/lib/accounts/read-own-vault';
import {
  acceptInvitationForm,
  emptyForm,
  ownVaultForm,
  saltForm,
  signUpForm,
} from '@/lib/accounts/schema';
import { signUpInvited, signUpOwner, type SignUpOutcome } from '@/lib/accounts/sign-up';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import type { Refusal } from '@/lib/server/form-action';
import { publicAction } from '@/lib/server/public-action';
import { refuseForm } from '@/lib/server/refuse-form';
import { staffAction } from '@/lib/server/staff-action';

const findsSalt = publicAction<typeof saltForm, SaltResult>({
  name: 'find salt',
  isLook: true,
  limit: 'signIn',
  schema: saltForm,
  run: ({ email }) => findSalt(accountDesk(), email),
  refuse: ([{ code }]) => ({ status: 'refused', refusal: code }),
});

/** The salt of a password, for an address with or without an account. */
export async function findPasswordSalt(form: FormData): Promise<SaltResult> {
  return findsSalt(form);
}

const signsUp = publicAction<typeof signUpForm, SignUpResult>({
  name: 'sign up',
  limit: 'signIn',
  schema: signUpForm,
  run: async ({ name, email, ...made }) =>
    toResult(await signUpOwner(accountDesk(), { name, email, ...madeInBrowser(made) })),
  refuse: (refusals) => ({ status: 'refused', errors: fieldErrors(refusals) }),
});

/** Makes the first account. */
export async function signUp(form: FormData): Promise<SignUpResult> {
  return signsUp(form);
}

const accepts = publicAction<typeof acceptInvitationForm, SignUpResult>({
  name: 'accept invitation',
  limit: 'signIn',
  schema: acceptInvitationForm,
  run: async ({ name, token, ...made }) =>
    toResult(await signUpInvited(accountDesk(), { name, token, ...madeInBrowser(made) })),
  refuse: (refusals) => ({ status: 'refused', errors: fieldErrors(refusals) }),
});

/** Makes the account of an invitation. */
export async function acceptInvitation(form: FormData): Promise<SignUpResult> {
  return accepts(form);
}

const readsVault = staffAction<typeof ownVaultForm, VaultResult>({
  name: 'read own vault',
  isLook: true,
  rule: 'member',
  limit: 'staff',
  schema: ownVaultForm,
  run: ({ signInKey }, staff) => readVault(accountDesk(), staff, signInKey),
  refuse: ([{ code }]) => ({ status: 'refused', refusal: code }),
});

/** One's own vault, still wrapped; a password that did not open it is counted as a try. */
export async function readOwnVault(form: FormData): Promise<VaultResult> {
  return readsVault(form);
}

const readsShare = staffAction<typeof emptyForm, VaultShareResult>({
  name: 'read vault share',
  isLook: true,
  rule: 'member',
  limit: 'staff',
  schema: emptyForm,
  run: (_input, staff) => readShare(accountDesk(), staff),
  refuse: ([{ code }]) => ({ status: 'refused', refusal: code }),
});

/** What this browser lacks to use the vault that is open in it. */
export async function readVaultShare(form: FormData): Promise<VaultShareResult> {
  return readsShare(form);
}

const locksVault = staffAction<typeof emptyForm, DoneResult>({
  name: 'lock own vault',
  rule: 'member',
  limit: 'staff',
  schema: emptyForm,
  run: (_input, staff) => lockVault(accountDesk(), staff),
  refuse: refuseForm,
});

/** Locks one's own vault in this browser. */
export async function lockOwnVault(form: FormData): Promise<DoneResult> {
  return locksVault(form);
}

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

function toResult(outcome: SignUpOutcome): SignUpResult {
  return outcome.status === 'created'
    ? outcome
    : { status: 'refused', errors: { [outcome.field]: outcome.code } };
}

const FIELDS: readonly SignUpField[] = ['name', 'email', 'password'];

function fieldErrors(refusals: readonly Refusal[]): SignUpErrors {
  return Object.fromEntries(
    refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
  );
}

type SignUpErrors = Extract<SignUpResult, { status: 'refused' }>['errors'];
