/** The use cases of accounts, wired to this process's database and keys. */
import 'server-only';
import { createHmac } from 'node:crypto';
import { after } from 'next/server';
import type { Guesses } from '@/lib/accounts/guess-ports';
import type { AccountDesk, TogetherDesk } from '@/lib/accounts/ports';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { accountStores } from '../account-store/account-stores';
import { prismaGuesses } from '../account-store/guesses';
import { prismaSecondFactor } from '../account-store/second-factor';
import { database } from '../database';
import { makeCounted } from '../history/counted-change';
import { historyGuard } from '../history/process-history';
import { log } from '../log';
import { logFailure } from '../log-failure';
import { queueMail, queueMailIn } from '../mail/queue-mail';
import type { Prisma } from '../prisma-client/client';
import { settings } from '../settings';
import { withStretchingRoom } from '../stretch-passphrase';
import { accountMail } from './account-mail';
import { accountsKey } from './accounts-key';
import { knownBrowser } from './known-browser';
import { hashSignInKey, verifySignInKey } from './sign-in-key';

export function accountDesk(): AccountDesk {
  return {
    ...together(database(), queueMail),
    secondFactor: prismaSecondFactor(database()),
    together: (work) =>
      makeCounted(
        database(),
        historyGuard(),
        (transaction) => work(together(transaction, (mail) => queueMailIn(transaction, mail))),
        ({ status }) => status !== 'refused',
      ),
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

function together(client: Prisma.TransactionClient, queue: typeof queueMail): TogetherDesk {
  return { ...accountStores(client), mail: accountMail(queue) };
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
