'use client';

import { useActionState, useState } from 'react';
import type { ComposeActions } from '@/components/secret/compose-actions';
import { useWork } from '@/components/secret/use-work';
import { askServer } from '@/lib/browser/ask-server';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import { refusalOfSending } from '@/lib/accounts/sending-rules';
import { checkCompose, readComposeForm, type ComposeValues } from '@/lib/browser/check-compose';
import type { Standing } from '@/lib/browser/standing';
import { loadPart } from '@/lib/browser/load-part';
import type {
  ComposeState,
  FieldErrors,
  LinkForRecipient,
  StoreResult,
} from '@/lib/messages/outcomes';
import { EXPIRY_CHOICES } from '@/lib/messages/policy';
import { readRecipients } from '@/lib/messages/recipients';
import type { SecretField } from '@/lib/protocol/secret-fields';
import type { QrPath } from '@/lib/qr-path';

export type ComposeStep = 'stretching' | 'sending' | 'sealingOnServer';

/** As `ComposeState`; but the QR code of a browser-sealed link is drawn only when it is asked for. */
export type ComposeView =
  | Exclude<ComposeState, { status: 'sealed' }>
  | { readonly status: 'sealed'; readonly sealed: LinkForRecipient; readonly qr: QrPath | null };

/** Where the form posts itself, whichever page of that address it stands on. */
const OWN_ADDRESS = '/';

const IDLE: ComposeState = { status: 'idle' };

/** Loads what seals, so that it is there when the button is pressed. */
export const loadSealing = () => loadPart(() => import('@/lib/browser/seal-in-browser'));

/**
 * The compose form's states. Without a script, or before it has loaded, the
 * form posts itself to `formAction`. With one, `submit` does the work: the
 * same states come out, but nothing typed is touched until a link is there.
 */
export function useCompose(actions: ComposeActions, standing: Standing | null) {
  const [posted, formAction] = useActionState(actions.sealOnServer, IDLE, OWN_ADDRESS);
  const [scripted, setScripted] = useState<ComposeView | null>(null);
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
): Promise<ComposeView> {
  const recipients = readRecipients(values.recipients);
  if (recipients.length > 1) return sealHereForEach(actions, values, recipients, onSealed, signal);
  const { sealInBrowser, formatBrowserLink } = await loadSealing();
  const { form, messageKey } = await sealInBrowser(values, signal);
  onSealed();
  const stored = await askServer('storeBrowserSealed', () => actions.storeBrowserSealed(form));
  if (stored.status !== 'sealed') return notSealed(stored, values);
  const link = formatBrowserLink(stored.sealed.link, messageKey);
  return { status: 'sealed', sealed: { ...stored.sealed, link }, qr: null };
}

async function sealHereForEach(
  actions: ComposeActions,
  values: ComposeValues,
  recipients: readonly string[],
  onSealed: () => void,
  signal: AbortSignal,
): Promise<ComposeView> {
  const { sealInBrowserForEach, formatBrowserLink } = await loadSealing();
  const { form, messageKeys } = await sealInBrowserForEach(values, recipients, signal);
  onSealed();
  const stored = await askServer('storeBrowserSealedForEach', () =>
    actions.storeBrowserSealedForEach(form),
  );
  if (stored.status !== 'sealedForSeveral') return notSealed(stored, values);
  const links = stored.links.flatMap((stored, index) => {
    const messageKey = messageKeys[index];
    if (messageKey === undefined) return [];
    return [{ ...stored, link: formatBrowserLink(stored.link, messageKey) }];
  });
  return { status: 'sealedForSeveral', links };
}

function notSealed(stored: StoreResult, values: ComposeValues): ComposeView {
  if (stored.status === 'refused') return refused(stored.errors, values);
  throw new Error('The server stored something else than it was given.');
}

/** Keeps what may be kept: the state never holds a secret or a passphrase. */
function refused(errors: FieldErrors, values: ComposeValues): ComposeView {
  const { expiresIn, note, recipients, notifyWhenOpened } = values;
  return { status: 'refused', errors, kept: { expiresIn, note, recipients, notifyWhenOpened } };
}

function toForm(values: ComposeValues): FormData {
  const form = new FormData();
  const { secret } = values;
  if (secret.kind === 'text') form.set('secret', secret.text);
  else form.set('fields', JSON.stringify(secret.fields));
  for (const name of ['expiresIn', 'passphrase', 'note'] as const) form.set(name, values[name]);
  if (values.recipients !== '') form.set('recipients', values.recipients);
  if (values.notifyWhenOpened) form.set('notifyWhenOpened', 'yes');
  return form;
}
