/** The use cases of accounts, wired to this process's database and keys. */
import 'server-only';
import { createHmac } from 'node:crypto';
import type { AccountDesk } from '@/lib/accounts/ports';
import { SALT_BYTES } from '@/lib/protocol/constants';
import { prismaAccountStore } from '../account-store/prisma-account-store';
import { prismaSecondFactor } from '../account-store/second-factor';
import { database } from '../database';
import { withinLimit } from '../limits';
import { withStretchingRoom } from '../stretch-passphrase';
import { accountsKey } from './accounts-key';
import { hashSignInKey, verifySignInKey } from './sign-in-key';

let shared: AccountDesk | undefined;

export function accountDesk(): AccountDesk {
  shared ??= {
    store: prismaAccountStore(database()),
    secondFactor: prismaSecondFactor(database()),
    hashSignInKey,
    verifySignInKey,
    decoySalt,
    mayTrySecondFactor: (accountId) => withinLimit('secondFactor', accountId),
    withStretchingRoom,
  };
  return shared;
}

async function decoySalt(email: string): Promise<Uint8Array> {
  const hmac = createHmac('sha256', await accountsKey('decoy salt'));
  return new Uint8Array(hmac.update(email).digest().subarray(0, SALT_BYTES));
}
