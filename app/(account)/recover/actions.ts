'use server';

import type { DoneResult } from '@/lib/accounts/outcomes';
import { askForRecovery as ask, recoverAccount as recover } from '@/lib/accounts/recover-account';
import { recoverForm, recoveryRequestForm } from '@/lib/accounts/schema';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { publicAction } from '@/lib/server/public-action';
import { refuseForm } from '@/lib/server/refuse-form';

const asks = publicAction<typeof recoveryRequestForm, DoneResult>({
  name: 'ask for recovery',
  limit: 'signIn',
  schema: recoveryRequestForm,
  run: ({ email }) => {
    ask(accountDesk(), email);
    return Promise.resolve({ status: 'done' });
  },
  refuse: refuseForm,
});

/** Mails a link to an address that has an account. The answer is the same for one that has none. */
export async function askForRecovery(form: FormData): Promise<DoneResult> {
  return asks(form);
}

const recovers = publicAction<typeof recoverForm, DoneResult>({
  name: 'recover account',
  limit: 'signIn',
  schema: recoverForm,
  run: ({ token, code, vaultIs, salt, signInKey, ...made }) =>
    recover(accountDesk(), {
      token,
      code,
      vaultIs,
      credentials: { salt, signInKey },
      vault: {
        publicKey: made.vaultPublicKey,
        seedByPassword: made.vaultSeedByPassword,
        seedByRecovery: made.vaultSeedByRecovery,
      },
    }),
  refuse: refuseForm,
});

/** Sets a new password by a recovery link. */
export async function recoverAccount(form: FormData): Promise<DoneResult> {
  return recovers(form);
}
