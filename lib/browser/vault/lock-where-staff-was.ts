/**
 * For pages on which the vault is not used. What may be kept is looked for only where staff
 * were signed in lately: all others need no part of this.
 */
import { wasStaffHere } from '../staff-hint';

const loadVault = () => import('./vault-memory');

/** Nobody is signed in: nothing stays. */
export async function lockWhereStaffWas(): Promise<void> {
  if (wasStaffHere()) await (await loadVault()).lockVault();
}

/** Staff are signed in: what has not been used for long does not stay. */
export async function lockIfOver(): Promise<void> {
  await (await loadVault()).lockIfOver();
}
