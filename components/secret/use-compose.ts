'use client';

import { useActionState, useState } from 'react';
import { useWork } from '@/components/form/use-work';
import { refusalOfSending } from '@/lib/sealed/sending-policy';
import { askServer } from '@/lib/browser/ask-server';
import { canEncryptHere, loadPart } from '@/lib/browser/browser-trouble';
import {
  checkCompose,
  formOfTerms,
  readComposeForm,
  type ComposeValues,
} from '@/lib/browser/check-compose';
import type { Standing } from '@/components/secret/standing';
import type { ComposeState, FieldErrors, StoreResult } from '@/lib/sealed/outcomes';
import { EXPIRY_CHOICES } from '@/lib/sealed/policy';
import type { SecretField } from '@/lib/protocol/envelope';

/** The server actions of the compose page, handed in by the page. */
export interface ComposeActions {
  readonly sealOnServer: (previous: ComposeState, form: FormData) => Promise<ComposeState>;
  readonly storeBrowserSealed: (form: FormData) => Promise<StoreResult>;
}

export type ComposeStep = 'stretching' | 'sending' | 'sealingOnServer';

/** Where the form posts itself, whichever page of that address it stands on. */
const OWN_ADDRESS = '/';

const IDLE = { status: 'idle' } as const;

/** Loads what seals, so that it is there when the button is pressed. */
export const loadSealing = () => loadPart(() => import('@/lib/browser/seal-in-browser'));

/**
 * The compose form's states. Without a script, or before it has loaded, the
 * form posts itself to `formAction`. With one, `submit` does the work: the
 * same states come out, but nothing typed is touched until a link is there.
 */
export function useCompose(actions: ComposeActions, standing: Standing | null) {
  const [posted, formAction] = useActionState<ComposeState, FormData>(
    actions.sealOnServer,
    IDLE,
    OWN_ADDRESS,
  );
  const [scripted, setScripted] = useState<ComposeState | null>(null);
  /** Of what was sealed last: the form that held it is gone, and no answer of the server has it. */
  const [passphrase, setPassphrase] = useState('');
  const { run, step, trouble, cancel } = useWork<ComposeStep>();

  async function submit(
    form: HTMLFormElement,
    fields: readonly SecretField[] | null,
  ): Promise<void> {
    const values = readComposeForm(new FormData(form), fields);
    const errors = { ...checkPolicy(values, standing), ...checkCompose(values) };
    if (Object.keys(errors).length > 0) {
      setScripted(refused(errors, values));
      return;
    }
    setScripted(IDLE);
    const inBrowser = values.encrypt !== 'server' && canEncryptHere();
    await run(firstStep(inBrowser, values), async (next, signal) => {
      const outcome = inBrowser
        ? await sealHere(actions, values, () => next('sending'), signal)
        : await askServer('sealOnServer', () => actions.sealOnServer(IDLE, toForm(values)));
      // What was typed leaves the page together with the form.
      if (outcome.status !== 'refused') {
        setPassphrase(values.passphrase);
        form.reset();
      }
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
    passphrase,
    startAnew: () => {
      setPassphrase('');
      setScripted(IDLE);
    },
  };
}

function firstStep(inBrowser: boolean, { passphrase }: ComposeValues): ComposeStep {
  if (!inBrowser) return 'sealingOnServer';
  return passphrase === '' ? 'sending' : 'stretching';
}

/** What the owner's policy refuses, as far as this page knows it: the server decides. */
function checkPolicy(values: ComposeValues, standing: Standing | null): FieldErrors {
  const expiresIn = EXPIRY_CHOICES.find((choice) => choice === values.expiresIn);
  if (standing === null || expiresIn === undefined) return {};
  const refusal = refusalOfSending(standing.policy, {
    isStaff: standing.staff !== null,
    expiresIn,
    hasPassphrase: values.passphrase !== '',
    needsList: false,
  });
  return refusal === null ? {} : { [refusal.field ?? 'form']: refusal.code };
}

async function sealHere(
  actions: ComposeActions,
  values: ComposeValues,
  onSealed: () => void,
  signal: AbortSignal,
): Promise<ComposeState> {
  const { sealInBrowser, withMessageKeys } = await loadSealing();
  const { form, messageKeys } = await sealInBrowser(values, signal);
  onSealed();
  const stored = await askServer('storeBrowserSealed', () => actions.storeBrowserSealed(form));
  if (stored.status === 'refused') return refused(stored.errors, values);
  // The QR code is drawn once it is asked for.
  return { ...stored, links: withMessageKeys(stored.links, messageKeys), qr: null };
}

/** Keeps what may be kept: the state never holds a secret or a passphrase. */
function refused(errors: FieldErrors, values: ComposeValues): ComposeState {
  const { expiresIn, note, recipients, notifyWhenOpened } = values;
  return { status: 'refused', errors, kept: { expiresIn, note, recipients, notifyWhenOpened } };
}

function toForm(values: ComposeValues): FormData {
  const form = formOfTerms(values);
  const { secret, passphrase } = values;
  if (secret.kind === 'text') form.set('secret', secret.text);
  else form.set('fields', JSON.stringify(secret.fields));
  form.set('passphrase', passphrase);
  return form;
}
