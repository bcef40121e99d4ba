import { signOut } from 'next-auth/react';
import { BrowserTrouble } from '../browser-trouble';
import { leaveUnasked } from '../leave-page';
import { LOST_ANSWERS } from '../lost-answer';
import { leaveWord } from '../parting-word';
import { forgetStaff } from '../staff-hint';
import { readStanding } from '../standing';
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
  const standing = await readStanding(new AbortController().signal);
  if (standing?.staff !== null) throw new BrowserTrouble(LOST_ANSWERS.signOut);
  forgetStaff();
  leaveUnasked();
  leaveWord('signedOut');
  location.assign('/sign-in');
}
