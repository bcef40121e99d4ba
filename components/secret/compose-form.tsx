'use client';

import { useCallback, useRef } from 'react';
import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors } from '@/components/form/use-shown-errors';
import { SecretField } from '@/components/secret/secret-field';
import { SendingTerms } from '@/components/secret/sending-terms';
import { SignInLink, SignInNotice } from '@/components/secret/sign-in-notice';
import { SecretFields } from '@/components/secret/secret-fields';
import { SecretShapeChoice } from '@/components/secret/secret-shape-choice';
import { useSecretDraft } from '@/components/secret/use-secret-draft';
import { type ComposeStep, type ComposeView, loadSealing } from '@/components/secret/use-compose';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Notice } from '@/components/ui/notice';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import type { ComposeField, FieldErrors, KeptFields } from '@/lib/messages/outcomes';
import { DEFAULT_EXPIRY } from '@/lib/messages/policy';
import type { SecretField as SecretFieldValue } from '@/lib/protocol/secret-fields';
import { compose } from '@/messages/en/compose';
import { refusals, troubles } from '@/messages/en/errors';

export interface ComposeFormProps {
  readonly state: Extract<ComposeView, { status: 'idle' | 'refused' }>;
  readonly isPosted: boolean;
  readonly formAction: (form: FormData) => void;
  readonly onSubmit: (
    form: HTMLFormElement,
    fields: readonly SecretFieldValue[] | null,
  ) => Promise<void>;
  readonly step: ComposeStep | null;
  readonly trouble: ShownTrouble | null;
  readonly onCancel: () => void;
}

const FIELD_IDS = {
  secret: 'compose-secret',
  fields: 'compose-fields',
  expiresIn: 'compose-expires',
  passphrase: 'compose-passphrase',
  note: 'compose-note',
  recipients: 'compose-recipients',
} as const satisfies Partial<Record<ComposeField, string>>;

const NOTHING_KEPT: KeptFields = {
  expiresIn: DEFAULT_EXPIRY,
  note: '',
  recipients: '',
  notifyWhenOpened: false,
};
const NO_ERRORS: FieldErrors = {};

/**
 * Where scripts run, this form is sent by its script alone, which seals first. Where none runs, its
 * twin posts itself, and says beforehand that the server will encrypt.
 */
export function ComposeForm({
  state,
  isPosted,
  formAction,
  onSubmit,
  step,
  trouble,
  onCancel,
}: ComposeFormProps) {
  const isHydrated = useHydrated();
  const draft = useSecretDraft();
  const form = useRef<HTMLFormElement>(null);
  const found = state.status === 'refused' ? state.errors : NO_ERRORS;
  const kept = state.status === 'refused' ? state.kept : NOTHING_KEPT;
  const errors = useShownErrors(found);
  const problem = trouble === null ? found.form && refusals[found.form] : troubles[trouble];

  const readSecret = useCallback(() => {
    const secret = form.current?.elements.namedItem('secret');
    return secret instanceof HTMLTextAreaElement ? secret.value : '';
  }, []);
  const { isStarted } = draft;
  useLeaveGuard(useCallback(() => isStarted || readSecret() !== '', [isStarted, readSecret]));

  const shared = {
    errors,
    problem: problem && (
      <>
        <p>{problem}</p>
        {found.form === 'sign_in_required' && <SignInLink keepsPage={!isPosted} />}
        {!isPosted && <p>{trouble === 'page_outdated' ? compose.reload : compose.retry}</p>}
      </>
    ),
    button: { children: compose.submit, pendingText: compose.submitting },
    below: <p className="text-sm text-muted">{compose.next}</p>,
    onSubmit: (element: HTMLFormElement) => void onSubmit(element, draft.fields),
    children: (
      <div className="contents" onFocus={() => void loadSealing().catch(() => undefined)}>
        <div className="relative">
          <SecretShapeChoice id="compose-shape" shape={draft.shape} onChoose={draft.chooseShape} />
          {/* Stays, with what is in it, while fields are written instead. */}
          <div hidden={draft.drafts !== null}>
            <SecretField id={FIELD_IDS.secret} refusal={errors.codeOf('secret')} />
          </div>
          {draft.drafts !== null && (
            <SecretFields
              key={draft.shape}
              id={FIELD_IDS.fields}
              drafts={draft.drafts}
              isOwn={draft.shape === 'own'}
              refusal={errors.codeOf('fields')}
              onChange={draft.changeDrafts}
              onEdited={() => errors.answer('fields')}
            />
          )}
        </div>
        <SendingTerms ids={FIELD_IDS} kept={kept} errorOf={errors.errorOf} />
      </div>
    ),
  };

  const posting = (
    <SecretForm
      {...shared}
      sent={{ by: 'browser', action: formAction }}
      step={null}
      before={
        <>
          <SignInNotice />
          <Notice>{compose.encrypt.withoutScript}</Notice>
        </>
      }
      between={state.status === 'refused' && <Notice>{compose.retypeSecret}</Notice>}
    />
  );
  return (
    <SecretForm
      {...shared}
      ref={form}
      sent={{ by: 'script', otherwise: posting }}
      step={step && workingOn(step, onCancel)}
      before={<SignInNotice />}
      between={isHydrated && !canEncryptHere() && <Notice>{compose.encrypt.withoutCrypto}</Notice>}
    />
  );
}

function workingOn(step: ComposeStep, onCancel: () => void) {
  return {
    label: compose.steps[step],
    longLabel: step === 'stretching' ? compose.stretchingLong : undefined,
    cancel: step === 'stretching' ? { label: compose.cancel, onCancel } : undefined,
  };
}
