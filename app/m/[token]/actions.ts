'use server';

import { acknowledge as acknowledges } from '@/lib/messages/acknowledge';
import { claimBrowserSealed as claim } from '@/lib/messages/claim-browser-sealed';
import {
  destroyBrowserSealed as destroyByProof,
  destroyServerSealed,
} from '@/lib/messages/destroy-message';
import { knock as knocks } from '@/lib/messages/knock';
import { lookAtServerSealed } from '@/lib/messages/look-at-server-sealed';
import { openServerSealed as open } from '@/lib/messages/open-server-sealed';
import type { ClaimResult, KnockResult, OpenState } from '@/lib/messages/outcomes';
import {
  acknowledgeForm,
  claimForm,
  destroyBrowserSealedForm,
  knockForm,
  openForm,
} from '@/lib/messages/schema';
import { messageDesk } from '@/lib/server/desk';
import type { Refusal } from '@/lib/server/form-action';
import { publicAction } from '@/lib/server/public-action';

const opens = publicAction<typeof openForm, OpenState>({
  name: 'open server-sealed',
  limit: 'ask',
  schema: openForm,
  run: (input): Promise<OpenState> => {
    switch (input.intent) {
      case 'ask':
        return Promise.resolve({ status: 'refused', refusal: 'destroy_unconfirmed' });
      case 'destroy':
        return destroyServerSealed(messageDesk(), input.token);
      case 'open':
        return open(messageDesk(), input);
    }
  },
  refuse: refused,
});

const SHOWN_AGAIN: readonly Refusal['code'][] = [
  'show_unconfirmed',
  'destroy_unconfirmed',
  'passphrase_too_long',
];

/** Opens a server-sealed message, or destroys it unread. Works without JavaScript. */
export async function openServerSealed(_previous: OpenState, form: FormData): Promise<OpenState> {
  const outcome = await opens(form);
  return outcome.status === 'refused' ? showFormAgain(outcome, form) : outcome;
}

/** A form that lacked something, or only asked, is shown again, as far as its message still waits. */
async function showFormAgain(
  outcome: Extract<OpenState, { status: 'refused' }>,
  form: unknown,
): Promise<OpenState> {
  const token = form instanceof FormData ? form.get('token') : null;
  if (!SHOWN_AGAIN.includes(outcome.refusal) || typeof token !== 'string') return outcome;
  const state = await lookAtServerSealed(messageDesk(), token);
  return state.status === 'waiting' ? { ...state, refusal: outcome.refusal } : state;
}

const answersKnocks = publicAction<typeof knockForm, KnockResult>({
  name: 'knock',
  isLook: true,
  limit: 'ask',
  schema: knockForm,
  run: (input) => knocks(messageDesk(), { ...input, nonce: input.nonce ?? null }),
  refuse: refused,
});

/** Tells a browser that proves its link what there is to open. Changes nothing. */
export async function knock(form: FormData): Promise<KnockResult> {
  return answersKnocks(form);
}

const claims = publicAction<typeof claimForm, ClaimResult>({
  name: 'claim browser-sealed',
  limit: 'ask',
  schema: claimForm,
  run: (input) => claim(messageDesk(), input),
  refuse: refused,
});

/** Hands the ciphertext (M1) to the one browser that proves link and passphrase. */
export async function claimBrowserSealed(form: FormData): Promise<ClaimResult> {
  return claims(form);
}

const endsClaims = publicAction<typeof acknowledgeForm, { status: 'done' | 'refused' }>({
  name: 'acknowledge',
  limit: 'ask',
  schema: acknowledgeForm,
  run: async (input) => ({
    status: (await acknowledges(messageDesk(), input)) ? 'done' : 'refused',
  }),
  refuse: () => ({ status: 'refused' }),
});

/** Ends a claim whose secret is on the reader's screen. */
export async function acknowledge(form: FormData): Promise<{ status: 'done' | 'refused' }> {
  return endsClaims(form);
}

const destroys = publicAction<typeof destroyBrowserSealedForm, KnockResult>({
  name: 'destroy browser-sealed',
  limit: 'ask',
  schema: destroyBrowserSealedForm,
  run: (input) => destroyByProof(messageDesk(), input),
  refuse: refused,
});

/** Destroys a browser-sealed message unread. */
export async function destroyBrowserSealed(form: FormData): Promise<KnockResult> {
  return destroys(form);
}

function refused(refusals: readonly [Refusal, ...Refusal[]]): {
  status: 'refused';
  refusal: Refusal['code'];
} {
  return { status: 'refused', refusal: refusals[0].code };
}
