'use client';

import { useCallback, useEffect, useRef } from 'react';
import { focusField } from '@/components/secret/focus-field';
import { SecretField } from '@/components/secret/secret-field';
import { SendingTerms } from '@/components/secret/sending-terms';
import { SignInLink, SignInNotice } from '@/components/secret/sign-in-notice';
import { SecretFields } from '@/components/secret/secret-fields';
import { SecretShapeChoice } from '@/components/secret/secret-shape-choice';
import { useSecretDraft } from '@/components/secret/use-secret-draft';
import { type ComposeStep, type ComposeView, loadSealing } from '@/components/secret/use-compose';
import { useEdited } from '@/components/secret/use-edited';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Working } from '@/components/secret/working';
import { Button } from '@/components/ui/button';
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

const FIELDS = Object.keys(FIELD_IDS) as readonly (keyof typeof FIELD_IDS)[];
const NOTHING_KEPT: KeptFields = {
  expiresIn: DEFAULT_EXPIRY,
  note: '',
  recipients: '',
  notifyWhenOpened: false,
};
const NO_ERRORS: FieldErrors = {};

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
  const button = useRef<HTMLButtonElement>(null);
  const errors = state.status === 'refused' ? state.errors : NO_ERRORS;
  const kept = state.status === 'refused' ? state.kept : NOTHING_KEPT;
  const problem = trouble === null ? errors.form && refusals[errors.form] : troubles[trouble];

  const edited = useEdited();

  const readSecret = useCallback(() => {
    const secret = form.current?.elements.namedItem('secret');
    return secret instanceof HTMLTextAreaElement ? secret.value : '';
  }, []);
  const { isStarted } = draft;
  useLeaveGuard(useCallback(() => isStarted || readSecret() !== '', [isStarted, readSecret]));

  useEffect(() => {
    const invalid = FIELDS.find((field) => errors[field] !== undefined);
    if (invalid !== undefined) focusField(FIELD_IDS[invalid]);
  }, [errors]);

  useEffect(() => {
    // The fields were inert meanwhile and lost the focus; the button is where to try again.
    if (trouble !== null) button.current?.focus();
  }, [trouble]);

  const codeOf = (field: keyof typeof FIELD_IDS) => (edited.has(field) ? undefined : errors[field]);
  const errorOf = (field: keyof typeof FIELD_IDS) => {
    const code = codeOf(field);
    return code === undefined ? undefined : refusals[code];
  };

  return (
    <form
      ref={form}
      action={formAction}
      noValidate={isHydrated}
      onSubmit={(event) => {
        event.preventDefault();
        edited.forget();
        void onSubmit(event.currentTarget, draft.fields);
      }}
      onInput={edited.onInput}
      className="grid gap-6"
    >
      <SignInNotice />
      <div
        className="grid gap-6"
        inert={step !== null}
        onFocus={() => void loadSealing().catch(() => undefined)}
      >
        <div className="relative">
          <SecretShapeChoice id="compose-shape" shape={draft.shape} onChoose={draft.chooseShape} />
          {/* Stays, with what is in it, while fields are written instead. */}
          <div hidden={draft.drafts !== null}>
            <SecretField id={FIELD_IDS.secret} refusal={codeOf('secret')} />
          </div>
          {draft.drafts !== null && (
            <SecretFields
              key={draft.shape}
              id={FIELD_IDS.fields}
              drafts={draft.drafts}
              isOwn={draft.shape === 'own'}
              refusal={codeOf('fields')}
              onChange={draft.changeDrafts}
              onEdited={() => edited.mark('fields')}
            />
          )}
        </div>
        <SendingTerms ids={FIELD_IDS} kept={kept} errorOf={errorOf} />
      </div>

      <div role="alert" className="empty:hidden">
        {problem !== undefined && (
          <Notice tone="danger">
            <p>{problem}</p>
            {errors.form === 'sign_in_required' && <SignInLink keepsPage={!isPosted} />}
            {!isPosted && <p>{trouble === 'page_outdated' ? compose.reload : compose.retry}</p>}
          </Notice>
        )}
        {isPosted && state.status === 'refused' && <Notice>{compose.retypeSecret}</Notice>}
      </div>

      {isHydrated && !canEncryptHere() && <Notice>{compose.encrypt.withoutCrypto}</Notice>}

      <div className="grid gap-3">
        <div>
          <Button
            ref={button}
            type="submit"
            variant="primary"
            pending={step !== null}
            pendingText={compose.submitting}
          >
            {compose.submit}
          </Button>
        </div>
        <p className="text-sm text-muted">{compose.next}</p>
        {step !== null && (
          <Working
            key={step}
            label={compose.steps[step]}
            longLabel={step === 'stretching' ? compose.stretchingLong : undefined}
            cancel={step === 'stretching' ? { label: compose.cancel, onCancel } : undefined}
          />
        )}
      </div>
    </form>
  );
}
