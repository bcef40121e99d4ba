'use server';

import type { ComposeField, ComposeState, FieldErrors, StoreResult } from '@/lib/messages/outcomes';
import { DEFAULT_EXPIRY } from '@/lib/messages/policy';
import { browserSealedForm, composeForm } from '@/lib/messages/schema';
import { sealOnServer as seal } from '@/lib/messages/seal-on-server';
import { storeBrowserSealed as store } from '@/lib/messages/store-browser-sealed';
import { qrPath } from '@/lib/qr-path';
import { messageDesk } from '@/lib/server/desk';
import type { Refusal } from '@/lib/server/form-action';
import { publicAction } from '@/lib/server/public-action';

const seals = publicAction<typeof composeForm, ComposeState>({
  name: 'seal on the server',
  limit: 'create',
  schema: composeForm,
  run: async (input) => {
    const sealed = await seal(messageDesk(), input);
    return sealed === null
      ? refused([{ field: null, code: 'busy' }], { expiresIn: input.expiresIn, note: input.note })
      : { status: 'sealed', sealed, qr: qrPath(sealed.link) };
  },
  refuse: refused,
});

/** Server seal: what the compose form does by itself, without JavaScript. */
export async function sealOnServer(_previous: ComposeState, form: FormData): Promise<ComposeState> {
  return seals(form);
}

const stores = publicAction<typeof browserSealedForm, StoreResult>({
  name: 'store browser-sealed',
  limit: 'create',
  schema: browserSealedForm,
  run: async (input) => ({ status: 'sealed', sealed: await store(messageDesk(), input) }),
  refuse: (refusals) => ({ status: 'refused', errors: fieldErrors(refusals) }),
});

/** Browser seal: takes what this server can't read. */
export async function storeBrowserSealed(form: FormData): Promise<StoreResult> {
  return stores(form);
}

function refused(
  refusals: readonly Refusal[],
  fields: Readonly<Partial<Record<string, string>>>,
): ComposeState {
  return {
    status: 'refused',
    errors: fieldErrors(refusals),
    kept: { expiresIn: fields['expiresIn'] ?? DEFAULT_EXPIRY, note: fields['note'] ?? '' },
  };
}

const FIELDS: readonly ComposeField[] = ['secret', 'fields', 'expiresIn', 'passphrase', 'note'];

function fieldErrors(refusals: readonly Refusal[]): FieldErrors {
  return Object.fromEntries(
    refusals.map(({ field, code }) => [FIELDS.find((name) => name === field) ?? 'form', code]),
  );
}
