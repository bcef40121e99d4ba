'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ExpiryField } from '@/components/secret/expiry-field';
import { MoreOptions } from '@/components/secret/more-options';
import { PassphraseField } from '@/components/secret/passphrase-field';
import { SecretField } from '@/components/secret/secret-field';
import { SignInLink, SignInNotice } from '@/components/secret/sign-in-notice';
import { useStanding } from '@/components/secret/standing';
import { type ComposeStep, type ComposeView, loadSealing } from '@/components/secret/use-compose';
import { useHydrated } from '@/components/secret/use-hydrated';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Working } from '@/components/secret/working';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { allowedExpiries, mustSignIn } from '@/lib/accounts/sending-rules';
import { canEncryptHere } from '@/lib/browser/browser-crypto';
import type { ComposeField, FieldErrors, KeptFields } from '@/lib/messages/outcomes';
import { DEFAULT_EXPIRY, EXPIRY_CHOICES } from '@/lib/messages/policy';
import { compose } from '@/messages/en/compose';
import { refusals, troubles } from '@/messages/en/errors';

export interface ComposeFormProps {
  readonly state: Extract<ComposeView, { status: 'idle' | 'refused' }>;
  readonly isPosted: boolean;
  readonly formAction: (form: FormData) => void;
  readonly onSubmit: (form: HTMLFormElement) => Promise<void>;
  readonly step: ComposeStep | null;
  readonly trouble: ShownTrouble | null;
  readonly onCancel: () => void;
}

const FIELD_IDS = {
  secret: 'compose-secret',
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
const NOTHING_EDITED: ReadonlySet<string> = new Set();

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
  const standing = useStanding();
  const choices = useMemo(
    () => (standing === null ? EXPIRY_CHOICES : allowedExpiries(standing.policy)),
    [standing],
  );
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const errors = state.status === 'refused' ? state.errors : NO_ERRORS;
  const kept = state.status === 'refused' ? state.kept : NOTHING_KEPT;
  const problem = trouble === null ? errors.form && refusals[errors.form] : troubles[trouble];

  // An error goes as soon as its field is edited: the next press checks anew.
  const [edited, setEdited] = useState<ReadonlySet<string>>(NOTHING_EDITED);

  const readSecret = useCallback(() => {
    const secret = form.current?.elements.namedItem('secret');
    return secret instanceof HTMLTextAreaElement ? secret.value : '';
  }, []);
  useLeaveGuard(useCallback(() => readSecret() !== '', [readSecret]));

  useEffect(() => {
    const invalid = FIELDS.find((field) => errors[field] !== undefined);
    if (invalid !== undefined) document.getElementById(FIELD_IDS[invalid])?.focus();
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
        setEdited(NOTHING_EDITED);
        void onSubmit(event.currentTarget);
      }}
      onInput={({ target }) => {
        const name = target instanceof HTMLElement ? target.getAttribute('name') : null;
        if (name !== null && !edited.has(name)) setEdited(new Set(edited).add(name));
      }}
      className="grid gap-6"
    >
      {standing !== null && mustSignIn(standing.policy, standing.staff !== null) && (
        <SignInNotice />
      )}
      <div
        className="grid gap-6"
        inert={step !== null}
        onFocus={() => void loadSealing().catch(() => undefined)}
      >
        <SecretField id={FIELD_IDS.secret} refusal={codeOf('secret')} />
        <ExpiryField
          id={FIELD_IDS.expiresIn}
          error={errorOf('expiresIn')}
          defaultValue={kept.expiresIn}
          choices={choices}
        />
        <PassphraseField
          id={FIELD_IDS.passphrase}
          error={errorOf('passphrase')}
          isRequired={standing?.policy.passphraseRequired ?? false}
        />
        <MoreOptions
          noteId={FIELD_IDS.note}
          note={kept.note}
          noteError={errorOf('note')}
          list={
            standing === null || standing.staff === null
              ? null
              : {
                  recipientsId: FIELD_IDS.recipients,
                  recipientsError: errorOf('recipients'),
                  kept,
                  canMail: standing.canMail,
                }
          }
        />
      </div>

      <div role="alert" className="empty:hidden">
        {problem !== undefined && (
          <Notice tone="danger">
            <p>{problem}</p>
            {errors.form === 'sign_in_required' && <SignInLink />}
            <p>{trouble === 'page_outdated' ? compose.reload : compose.retry}</p>
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
