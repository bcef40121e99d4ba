/** What can be asked about secrets that are sent. */
import 'server-only';
import { qrPath } from '@/lib/qr-path';
import type { RefusalCode } from '@/lib/refusal-code';
import type { Context, Within } from '@/lib/server/context';
import { anyone, byCode, operation, type Refusals } from '@/lib/server/operation';
import {
  acknowledge as endClaim,
  claimBrowserSealed,
  destroyBrowserSealed,
  destroyServerSealed,
  knock as answerKnock,
  lookAtServerSealed,
  openServerSealed as open,
} from './open';
import type {
  ClaimResult,
  ComposeField,
  ComposeResult,
  FieldErrors,
  KnockResult,
  OpenState,
  StatusState,
  StoreResult,
} from './outcomes';
import { DEFAULT_EXPIRY } from './policy';
import {
  acknowledgeForm,
  claimForm,
  destroyBrowserSealedForm,
  knockForm,
  openForm,
  statusForm,
  tokenForm,
} from './schema';
import { sealOnServer as seal, storeBrowserSealed as store } from './seal';
import { checkSending, sender, sendingOf } from './sending';
import { browserSealedForm, composeForm } from './sending-schema';
import { destroyFromStatus as destroyForSender, lookAtStatus as findStatus } from './status';

/** Server seal. */
export const sealOnServer = operation({
  name: 'seal on the server',
  who: sender,
  limit: 'create',
  schema: composeForm,
  check: (input, caller) => checkSending(input, caller, input.passphrase !== ''),
  run: async (context: Within, input, caller): Promise<ComposeResult> => {
    const links = await seal(context, input, sendingOf(input, caller));
    if (links === null)
      return refusedToCompose({ form: 'busy' }, kept(input, input.recipients.join('\n')));
    const [first, ...others] = links;
    const qr = first === undefined || others.length > 0 ? null : qrPath(first.link);
    return { status: 'sealed', links, qr };
  },
  refuse: (refusals, fields) =>
    refusedToCompose(
      fieldErrors(refusals),
      kept(
        {
          expiresIn: fields['expiresIn'] ?? DEFAULT_EXPIRY,
          note: fields['note'] ?? '',
          notifyWhenOpened: fields['notifyWhenOpened'] === 'yes',
        },
        fields['recipients'] ?? '',
      ),
    ),
});

type Refused = Extract<ComposeResult, { status: 'refused' }>;

function refusedToCompose(errors: FieldErrors, kept: Refused['kept']): Refused {
  return { status: 'refused', errors, kept };
}

function kept(
  { expiresIn, note, notifyWhenOpened }: Omit<Refused['kept'], 'recipients'>,
  recipients: string,
): Refused['kept'] {
  return { expiresIn, note, recipients, notifyWhenOpened };
}

/** Browser seal: takes what this server can't read. */
export const storeBrowserSealed = operation({
  name: 'store browser-sealed',
  who: sender,
  limit: 'create',
  schema: browserSealedForm,
  check: (input, caller) => checkSending(input, caller, input.lock !== null),
  run: async (context: Within, input, caller): Promise<StoreResult> => ({
    status: 'sealed',
    links: await store(context, input, sendingOf(input, caller)),
  }),
  refuse: (refusals): StoreResult => ({ status: 'refused', errors: fieldErrors(refusals) }),
});

const FIELDS: readonly ComposeField[] = [
  'secret',
  'fields',
  'expiresIn',
  'passphrase',
  'note',
  'recipients',
];

function fieldErrors(refusals: Refusals): FieldErrors {
  return Object.fromEntries(
    refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
  );
}

const asking = { who: anyone, limit: 'ask', refuse: byCode } as const;

/** Opens a server-sealed message, or destroys it unread. */
export const openServerSealed = operation({
  ...asking,
  name: 'open server-sealed',
  schema: openForm,
  refuse: async ([{ code }], { token }, context): Promise<OpenState> =>
    token !== undefined && SHOWN_AGAIN.includes(code)
      ? showAgain(context, token, code)
      : { status: 'refused', refusal: code },
  run: (context, input): Promise<OpenState> => {
    switch (input.intent) {
      case 'ask':
        return showAgain(context, input.token, 'destroy_unconfirmed');
      case 'destroy':
        return destroyServerSealed(context, input.token);
      case 'open':
        return open(context, input);
    }
  },
});

const SHOWN_AGAIN: readonly RefusalCode[] = ['show_unconfirmed', 'passphrase_too_long'];

/** A form that lacked something, or only asked, is shown again, as far as its message still waits. */
async function showAgain(
  context: Context,
  token: string,
  refusal: RefusalCode,
): Promise<OpenState> {
  const state = await lookAtServerSealed(context, token);
  return state.status === 'waiting' ? { ...state, refusal } : { status: 'refused', refusal };
}

/** Tells who has a server-sealed link what there is to open. Changes nothing. */
export const look = operation({
  ...asking,
  name: 'look at server-sealed',
  isLook: true,
  schema: tokenForm,
  run: (context, { token }): Promise<OpenState> => lookAtServerSealed(context, token),
});

/** Tells a browser that proves its link what there is to open. Changes nothing. */
export const knock = operation({
  ...asking,
  name: 'knock',
  isLook: true,
  schema: knockForm,
  run: (context, input): Promise<KnockResult> => answerKnock(context, input),
});

/** Hands the ciphertext (M1) to the one browser that proves link and passphrase. */
export const claim = operation({
  ...asking,
  name: 'claim browser-sealed',
  schema: claimForm,
  run: (context, input): Promise<ClaimResult> => claimBrowserSealed(context, input),
});

interface Acknowledged {
  readonly status: 'done' | 'refused';
}

/** Ends a claim whose secret is on the reader's screen. */
export const acknowledge = operation({
  ...asking,
  name: 'acknowledge',
  schema: acknowledgeForm,
  run: async (context, input): Promise<Acknowledged> => ({
    status: (await endClaim(context, input)) ? 'done' : 'refused',
  }),
  refuse: (): Acknowledged => ({ status: 'refused' }),
});

/** Destroys a browser-sealed message unread. */
export const destroy = operation({
  ...asking,
  name: 'destroy browser-sealed',
  schema: destroyBrowserSealedForm,
  run: (context, input): Promise<KnockResult> => destroyBrowserSealed(context, input),
});

/** Tells a sender what became of a message. Changes nothing. */
export const lookAtStatus = operation({
  ...asking,
  name: 'look at status',
  isLook: true,
  schema: tokenForm,
  run: (context, { token }): Promise<StatusState> => findStatus(context, token),
});

/** Destroys a message for its sender. */
export const destroyFromStatus = operation({
  ...asking,
  name: 'destroy from status',
  schema: statusForm,
  run: (context, { token }): Promise<StatusState> => destroyForSender(context, token),
});
