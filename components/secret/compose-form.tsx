'use client';

import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors } from '@/components/form/use-shown-errors';
import type { ShownTrouble } from '@/components/form/use-work';
import { SendingTerms } from '@/components/secret/sending-terms';
import { SignInLink, SignInNotice } from '@/components/secret/sign-in-notice';
import { loadSealing, type ComposeStep } from '@/components/secret/use-compose';
import { useSecretDraft, WrittenSecret } from '@/components/secret/written-secret';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/script-only';
import { canEncryptHere } from '@/lib/browser/browser-trouble';
import type { ComposeField, ComposeState, FieldErrors, KeptFields } from '@/lib/sealed/outcomes';
import { DEFAULT_EXPIRY } from '@/lib/sealed/policy';
import type { SecretField } from '@/lib/protocol/envelope';
import { compose } from '@/messages/en/compose';
import { refusals, troubles } from '@/messages/en/errors';

export interface ComposeFormProps {
  readonly state: Extract<ComposeState, { status: 'idle' | 'refused' }>;
  readonly isPosted: boolean;
  readonly formAction: (form: FormData) => void;
  readonly onSubmit: (
    form: HTMLFormElement,
    fields: readonly SecretField[] | null,
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
  const found = state.status === 'refused' ? state.errors : NO_ERRORS;
  const kept = state.status === 'refused' ? state.kept : NOTHING_KEPT;
  const errors = useShownErrors(found);
  const problem = trouble === null ? found.form && refusals[found.form] : troubles[trouble];

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
        <WrittenSecret ids={FIELD_IDS} draft={draft} errors={errors} />
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
      hasUnsaved={(form) => draft.isStarted || hasText(form)}
      sent={{ by: 'script', otherwise: posting }}
      step={step && workingOn(step, onCancel)}
      before={<SignInNotice />}
      between={isHydrated && !canEncryptHere() && <Notice>{compose.encrypt.withoutCrypto}</Notice>}
    />
  );
}

function hasText(form: HTMLFormElement): boolean {
  const secret = form.elements.namedItem('secret');
  return secret instanceof HTMLTextAreaElement && secret.value !== '';
}

function workingOn(step: ComposeStep, onCancel: () => void) {
  return {
    label: compose.steps[step],
    longLabel: step === 'stretching' ? compose.stretchingLong : undefined,
    cancel: step === 'stretching' ? { label: compose.cancel, onCancel } : undefined,
  };
}
