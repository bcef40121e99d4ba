'use client';

import { useActionState, useState } from 'react';
import type { ComposeActions } from '@/components/secret/compose-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import { checkCompose, readComposeForm, type ComposeValues } from '@/lib/browser/check-compose';
import { loadPart } from '@/lib/browser/load-part';
import type { ComposeState, FieldErrors, SealedLink } from '@/lib/messages/outcomes';
import type { SecretField } from '@/lib/protocol/secret-fields';
import type { QrPath } from '@/lib/qr-path';

export type ComposeStep = 'stretching' | 'sending' | 'sealingOnServer';

/** As `ComposeState`; but the QR code of a browser-sealed link is drawn only when it is asked for. */
export type ComposeView =
  | Exclude<ComposeState, { status: 'sealed' }>
  | { readonly status: 'sealed'; readonly sealed: SealedLink; readonly qr: QrPath | null };

const IDLE: ComposeState = { status: 'idle' };

/** Loads what seals, so that it is there when the button is pressed. */
export const loadSealing = () => loadPart(() => import('@/lib/browser/seal-in-browser'));

/**
 * The compose form's states. Without a script, or before it has loaded, the
 * form posts itself to `formAction`. With one, `submit` does the work: the
 * same states come out, but nothing typed is touched until a link is there.
 */
export function useCompose(actions: ComposeActions) {
  const [posted, formAction] = useActionState(actions.sealOnServer, IDLE);
  const [scripted, setScripted] = useState<ComposeView | null>(null);
  const { run, step, trouble, cancel } = useWork<ComposeStep>();

  async function submit(
    form: HTMLFormElement,
    fields: readonly SecretField[] | null,
  ): Promise<void> {
    const values = readComposeForm(new FormData(form), fields);
    const errors = checkCompose(values);
    if (Object.keys(errors).length > 0) {
      setScripted(refused(errors, values));
      return;
    }
    setScripted(IDLE);
    const inBrowser = values.encrypt !== 'server' && canEncryptHere();
    await run(firstStep(inBrowser, values), async (next, signal) => {
      const outcome = inBrowser
        ? await sealHere(actions, values, () => next('sending'), signal)
        : await askServer(() => actions.sealOnServer(IDLE, toForm(values)));
      // What was typed leaves the page together with the form.
      if (outcome.status === 'sealed') form.reset();
      setScripted(outcome);
    });
  }

  return {
    state: scripted ?? posted,
    /** Whether the state came with the page, from a form that posted itself. */
    isPosted: scripted === null,
    formAction,
    step,
    trouble,
    cancel,
    submit,
    startAnew: () => setScripted(IDLE),
  };
}

function firstStep(inBrowser: boolean, { passphrase }: ComposeValues): ComposeStep {
  if (!inBrowser) return 'sealingOnServer';
  return passphrase === '' ? 'sending' : 'stretching';
}

async function sealHere(
  actions: ComposeActions,
  values: ComposeValues,
  onSealed: () => void,
  signal: AbortSignal,
): Promise<ComposeView> {
  const { sealInBrowser, formatBrowserLink } = await loadSealing();
  const { form, messageKey } = await sealInBrowser(values, signal);
  onSealed();
  const stored = await askServer(() => actions.storeBrowserSealed(form));
  if (stored.status === 'refused') return refused(stored.errors, values);
  const link = formatBrowserLink(stored.sealed.link, messageKey);
  return { status: 'sealed', sealed: { ...stored.sealed, link }, qr: null };
}

/** Keeps what may be kept: the state never holds a secret or a passphrase. */
function refused(errors: FieldErrors, { expiresIn, note }: ComposeValues): ComposeView {
  return { status: 'refused', errors, kept: { expiresIn, note } };
}

function toForm({ secret, expiresIn, passphrase, note }: ComposeValues): FormData {
  const form = new FormData();
  if (secret.kind === 'text') form.set('secret', secret.text);
  else form.set('fields', JSON.stringify(secret.fields));
  form.set('expiresIn', expiresIn);
  form.set('passphrase', passphrase);
  form.set('note', note);
  return form;
}
