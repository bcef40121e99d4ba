/**
 * For pages on which the vault is not used. What may be kept is looked for only where somebody of
 * the staff was signed in lately: everybody else needs no part of this.
 */
import { wasStaffHere } from '../staff-hint';

const loadVault = () => import('./vault-memory');

/** Nobody is signed in: nothing stays. */
export async function lockWhereStaffWas(): Promise<void> {
  if (wasStaffHere()) await (await loadVault()).lockVault();
}

/** Somebody is: what has not been used for long does not stay. */
export async function lockIfOver(): Promise<void> {
  await (await loadVault()).lockIfOver();
}
