import { signOut } from 'next-auth/react';
import { forgetStaff } from '../staff-hint';
import { lockVault } from '../vault/vault-memory';

/** Locks the vault first: whatever becomes of the answer, nothing is readable here any more. */
export async function signOutHere(): Promise<void> {
  await lockVault();
  forgetStaff();
  await signOut({ callbackUrl: '/sign-in' });
}
