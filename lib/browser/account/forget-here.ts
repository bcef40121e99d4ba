import { forgetStaff } from '../staff-hint';
import { lockVault } from '../vault/vault-memory';

/** For an account that is gone: this browser keeps nothing of it. */
export async function forgetHere(): Promise<void> {
  await lockVault();
  forgetStaff();
}
