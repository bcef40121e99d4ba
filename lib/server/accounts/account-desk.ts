/** The use cases of accounts, wired to this process's database and keys. */
import 'server-only';
import { createHmac } from 'node:crypto';
import { after } from 'next/server';
import type { Guesses } from '@/lib/accounts/guess-ports';
import type { AccountDesk } from '@/lib/accounts/ports';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { prismaAccountStore } from '../account-store/prisma-account-store';
import { prismaEmailChangeStore } from '../account-store/email-change';
import { prismaGuesses } from '../account-store/guesses';
import { prismaMemberStore } from '../account-store/members';
import { prismaOwnAccountStore } from '../account-store/own-account';
import { prismaRecoveryStore } from '../account-store/recovery';
import { prismaSecondFactor } from '../account-store/second-factor';
import { prismaSecondFactorSetup } from '../account-store/second-factor-setup';
import { database } from '../database';
import { log } from '../log';
import { logFailure } from '../log-failure';
import { settings } from '../settings';
import { withStretchingRoom } from '../stretch-passphrase';
import { accountMail } from './account-mail';
import { accountsKey } from './accounts-key';
import { knownBrowser } from './known-browser';
import { hashSignInKey, verifySignInKey } from './sign-in-key';

export function accountDesk(): AccountDesk {
  return {
    store: prismaAccountStore(database()),
    own: prismaOwnAccountStore(database()),
    members: prismaMemberStore(database()),
    recovery: prismaRecoveryStore(database()),
    emailChange: prismaEmailChangeStore(database()),
    secondFactor: prismaSecondFactor(database()),
    secondFactorSetup: prismaSecondFactorSetup(database()),
    mail: accountMail,
    appUrl: settings().appUrl.origin,
    hashSignInKey,
    verifySignInKey,
    decoySalt,
    guesses: loggedGuesses(prismaGuesses(database())),
    browser: knownBrowser,
    withStretchingRoom: (work, known = null) =>
      withStretchingRoom(known === null ? { kind: 'account' } : { kind: 'known', of: known }, work),
    afterwards: (work) => {
      after(() =>
        work().catch((error: unknown) => {
          logFailure('afterwards', error);
        }),
      );
    },
  };
}

/** Who watches the log sees that somebody guesses, and not at whom. */
function loggedGuesses(guesses: Guesses): Guesses {
  return {
    ...guesses,
    note: (failed) => {
      log.warn(failed.how === 'wrong' ? 'try_failed' : 'try_slowed', { at: failed.what });
      return guesses.note(failed);
    },
  };
}

async function decoySalt(email: string): Promise<Uint8Array> {
  const hmac = createHmac('sha256', await accountsKey('decoy salt'));
  return new Uint8Array(hmac.update(email).digest().subarray(0, SALT_BYTES));
}
