/**
 * Actions that make messages. Who may send, for how long and whether without a
 * passphrase is for the owner to decide: it is asked here, of the database, for
 * every way of sending, so that no action can forget.
 */
import 'server-only';
import type { z } from 'zod';
import type { Staff } from '@/lib/accounts/ports';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { mustSignIn, refusalOfSending } from '@/lib/accounts/sending-rules';
import type { ExpiresIn } from '@/lib/messages/policy';
import type { Sending } from '@/lib/messages/sending';
import type { RefusalCode } from '@/lib/refusal-code';
import { findStaff } from './accounts/current-staff';
import { readPolicy } from './accounts/sending-policy';
import { formAction, type FormAction, type Refusal } from './form-action';
import { withinLimit } from './limits';
import { clientAddress } from './request-context';

/** What every form that sends says. */
interface SendingForm {
  readonly expiresIn: ExpiresIn;
  readonly recipients: readonly string[];
  readonly notifyWhenOpened: boolean;
}

interface Sender {
  readonly staff: Staff | null;
  readonly policy: SendingPolicy;
}

export interface SendingAction<Schema extends z.ZodType<SendingForm>, Outcome> extends Pick<
  FormAction<Schema, Sender, Outcome>,
  'name' | 'schema' | 'refuse'
> {
  readonly hasPassphrase: (input: z.output<Schema>) => boolean;
  readonly run: (input: z.output<Schema>, sending: Sending) => Promise<Outcome>;
}

export function sendingAction<
  Schema extends z.ZodType<SendingForm>,
  Outcome extends { readonly status: string },
>(action: SendingAction<Schema, Outcome>): (posted: unknown) => Promise<Outcome> {
  return formAction<Schema, Sender, Outcome>({
    name: action.name,
    limit: 'create',
    schema: action.schema,
    refuse: action.refuse,
    authorise,
    check: (input, sender) => check(sender, input, action.hasPassphrase(input)),
    run: (input, { staff }) => action.run(input, sendingOf(staff, input)),
  });
}

async function authorise(): Promise<Sender | { readonly refusal: RefusalCode }> {
  const [staff, policy] = await Promise.all([findStaff(), readPolicy()]);
  return mustSignIn(policy, staff !== null) ? { refusal: 'sign_in_required' } : { staff, policy };
}

async function check(
  { staff, policy }: Sender,
  { expiresIn, recipients, notifyWhenOpened }: SendingForm,
  hasPassphrase: boolean,
): Promise<Refusal | null> {
  const refusal = refusalOfSending(policy, {
    isStaff: staff !== null,
    expiresIn,
    hasPassphrase,
    needsList: recipients.length > 0 || notifyWhenOpened,
  });
  if (refusal !== null) return refusal;
  // The form was counted as one message; each further recipient is one more.
  const more = recipients.length - 1;
  return more < 1 || (await withinLimit('create', clientAddress(), more))
    ? null
    : { field: null, code: 'too_many_requests' };
}

function sendingOf(staff: Staff | null, { recipients, notifyWhenOpened }: SendingForm): Sending {
  return { senderId: staff?.accountId ?? null, recipients, notifyWhenOpened };
}
