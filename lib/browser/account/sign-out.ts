import { signOut } from 'next-auth/react';
import { BrowserTrouble, LOST_ANSWERS } from '../browser-trouble';
import { leaveUnasked, leaveWord } from '../leave-page';
import { forgetStaff } from '../staff-hint';
import { lockVault } from '../vault/vault-memory';

/**
 * Ends the session and leaves the page. What is unsaved on it was asked about before. Locks the
 * vault first: whatever becomes of the answer, nothing is readable here any more.
 *
 * @throws BrowserTrouble where the server did not confirm that nobody is signed in here now
 */
export async function signOutHere(): Promise<void> {
  await lockVault();
  await signOut({ redirect: false }).catch((cause: unknown) => {
    throw new BrowserTrouble(LOST_ANSWERS.signOut, { cause });
  });
  // What next-auth answers looks alike whether or not it did anything.
  if (!(await isSignedOut())) throw new BrowserTrouble(LOST_ANSWERS.signOut);
  forgetStaff();
  leaveUnasked();
  leaveWord('signedOut');
  location.assign('/sign-in');
}

/** False also where there is no answer. */
async function isSignedOut(): Promise<boolean> {
  try {
    const answer = await fetch('/api/standing', { cache: 'no-store' });
    const standing: unknown = answer.ok ? await answer.json() : null;
    return typeof standing === 'object' && standing !== null && 'staff' in standing
      ? standing.staff === null
      : false;
  } catch {
    return false;
  }
}

/** For an account that is gone: this browser keeps nothing of it. */
export async function forgetHere(): Promise<void> {
  await lockVault();
  forgetStaff();
}
