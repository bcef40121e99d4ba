'use server';

import type { DoneResult } from '@/lib/accounts/outcomes';
import { askForRecovery as ask, recoverAccount as recover } from '@/lib/accounts/recover-account';
import type { VaultChoice } from '@/lib/accounts/recovery-ports';
import { recoverForm, recoveryRequestForm } from '@/lib/accounts/schema';
import type { LossCount } from '@/lib/accounts/views';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { publicAction } from '@/lib/server/public-action';
import { refuseForm } from '@/lib/server/refuse-form';

type ChosenVault = { readonly vaultIs: 'kept' } | ({ readonly vaultIs: 'new' } & LossCount);

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

function choiceOf(made: ChosenVault): VaultChoice {
  if (made.vaultIs === 'kept') return { vaultIs: 'kept' };
  const { requestsAlone, repliesAlone } = made;
  return { vaultIs: 'new', told: { requestsAlone, repliesAlone } };
}

const recovers = publicAction<typeof recoverForm, DoneResult>({
  name: 'recover account',
  limit: 'signIn',
  schema: recoverForm,
  run: ({ token, code, salt, signInKey, ...made }) =>
    recover(accountDesk(), {
      token,
      code,
      ...choiceOf(made),
      credentials: { salt, signInKey },
      vault: {
        publicKey: made.vaultPublicKey,
        seedByPassword: made.vaultSeedByPassword,
        seedByRecovery: made.vaultSeedByRecovery,
      },
    }),
  refuse: refuseForm,
});

/** Sets a new password by a recovery link; a new vault loses what its page said, and nothing else. */
export async function recoverAccount(form: FormData): Promise<DoneResult> {
  return recovers(form);
}
