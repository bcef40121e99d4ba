'use server';

import type { ComposeField, ComposeState, FieldErrors, StoreResult } from '@/lib/messages/outcomes';
import { DEFAULT_EXPIRY } from '@/lib/messages/policy';
import { sealOnServer as seal, sealOnServerForEach } from '@/lib/messages/seal-on-server';
import {
  browserSealedForEachForm,
  browserSealedForm,
  composeForm,
} from '@/lib/messages/sending-schema';
import {
  storeBrowserSealed as store,
  storeBrowserSealedForEach as storeForEach,
} from '@/lib/messages/store-browser-sealed';
import { qrPath } from '@/lib/qr-path';
import { messageDesk } from '@/lib/server/desk';
import type { Refusal } from '@/lib/server/form-action';
import { sendingAction } from '@/lib/server/sending-action';

const seals = sendingAction<typeof composeForm, ComposeState>({
  name: 'seal on the server',
  schema: composeForm,
  hasPassphrase: ({ passphrase }) => passphrase !== '',
  run: async ({ recipients, notifyWhenOpened, ...secret }, sending) => {
    const outcome =
      recipients.length > 1
        ? severalOf(await sealOnServerForEach(messageDesk(), secret, sending))
        : oneOf(await seal(messageDesk(), secret, sending));
    return (
      outcome ?? {
        status: 'refused',
        errors: { form: 'busy' },
        kept: {
          expiresIn: secret.expiresIn,
          note: secret.note,
          recipients: recipients.join('\n'),
          notifyWhenOpened,
        },
      }
    );
  },
  refuse: (refusals, fields) => ({
    status: 'refused',
    errors: fieldErrors(refusals),
    kept: {
      expiresIn: fields['expiresIn'] ?? DEFAULT_EXPIRY,
      note: fields['note'] ?? '',
      recipients: fields['recipients'] ?? '',
      notifyWhenOpened: fields['notifyWhenOpened'] === 'yes',
    },
  }),
});

/** Server seal: what the compose form does by itself, without JavaScript. */
export async function sealOnServer(_previous: ComposeState, form: FormData): Promise<ComposeState> {
  return seals(form);
}

const stores = sendingAction<typeof browserSealedForm, StoreResult>({
  name: 'store browser-sealed',
  schema: browserSealedForm,
  hasPassphrase: ({ lock }) => lock !== null,
  run: async (input, sending) => ({
    status: 'sealed',
    sealed: await store(messageDesk(), input, sending),
  }),
  refuse: refuseToStore,
});

/** Browser seal: takes what this server can't read. */
export async function storeBrowserSealed(form: FormData): Promise<StoreResult> {
  return stores(form);
}

const storesForEach = sendingAction<typeof browserSealedForEachForm, StoreResult>({
  name: 'store browser-sealed for each',
  schema: browserSealedForEachForm,
  hasPassphrase: ({ lock }) => lock !== null,
  run: async ({ copies, ...terms }, sending) => ({
    status: 'sealedForSeveral',
    links: await storeForEach(messageDesk(), copies, terms, sending),
  }),
  refuse: refuseToStore,
});

/** The same for several recipients, all or none. */
export async function storeBrowserSealedForEach(form: FormData): Promise<StoreResult> {
  return storesForEach(form);
}

type Sealed<Status> = Extract<ComposeState, { status: Status }>;

function oneOf(sealed: Sealed<'sealed'>['sealed'] | null): Sealed<'sealed'> | null {
  return sealed === null ? null : { status: 'sealed', sealed, qr: qrPath(sealed.link) };
}

function severalOf(
  links: Sealed<'sealedForSeveral'>['links'] | null,
): Sealed<'sealedForSeveral'> | null {
  return links === null ? null : { status: 'sealedForSeveral', links };
}

function refuseToStore(refusals: readonly Refusal[]): StoreResult {
  return { status: 'refused', errors: fieldErrors(refusals) };
}

const FIELDS: readonly ComposeField[] = [
  'secret',
  'fields',
  'expiresIn',
  'passphrase',
  'note',
  'recipients',
];

function fieldErrors(refusals: readonly Refusal[]): FieldErrors {
  return Object.fromEntries(
    refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
  );
}
