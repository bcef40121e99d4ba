'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { CodeList } from '@/components/settings/code-list';
import { PasswordForm } from '@/components/settings/password-form';
import { useFormWork } from '@/components/account/use-form-work';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { CopyButton } from '@/components/ui/copy-button';
import { PageHeading } from '@/components/ui/page-heading';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import type { CodeListResult, SecondFactorStart, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { common } from '@/messages/en/common';
import { settings } from '@/messages/en/settings';

export interface SecondFactorSetupProps {
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly startSecondFactor: (form: FormData) => Promise<SecondFactorStart>;
  readonly confirmSecondFactor: (form: FormData) => Promise<CodeListResult>;
}

type Started = Extract<SecondFactorStart, { status: 'started' }>;

/** Password, then the app, then the list of codes: one thing at a time. */
export function SecondFactorSetup(props: SecondFactorSetupProps) {
  const { email, readOwnVault, startSecondFactor, confirmSecondFactor } = props;
  const words = settings.secondFactor;
  const [started, setStarted] = useState<Started | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);

  if (codes !== null) {
    return (
      <CodeList codes={codes} email={email} onSaved={() => location.assign('/settings/security')} />
    );
  }
  if (started !== null) {
    return (
      <AppStep {...started} confirmSecondFactor={confirmSecondFactor} onConfirmed={setCodes} />
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={words.setUpLead}>{words.setUpHeading}</PageHeading>
      <PasswordForm
        name="second-factor"
        readOwnVault={readOwnVault}
        submit={words.setUp}
        onProved={async (form) => {
          const result = await askServer('startSecondFactor', () => startSecondFactor(form));
          if (result.status === 'refused') return result;
          setStarted(result);
          return null;
        }}
      />
    </div>
  );
}

interface AppStepProps extends Started {
  readonly confirmSecondFactor: (form: FormData) => Promise<CodeListResult>;
  readonly onConfirmed: (codes: readonly string[]) => void;
}

const KEY_ID = 'second-factor-key';

function AppStep({ base32, uri, qr, confirmSecondFactor, onConfirmed }: AppStepProps) {
  const words = settings.secondFactor;
  const work = useFormWork('second-factor', ['code'], { label: settings.working });
  return (
    <div className="grid gap-7">
      <ArrivingHeading arrives lead={words.scanLead}>
        {words.scanHeading}
      </ArrivingHeading>
      <svg
        role="img"
        aria-label={words.qrLabel}
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        shapeRendering="crispEdges"
        className="block w-full max-w-56"
      >
        <rect width={qr.size} height={qr.size} fill="#fff" />
        <path d={qr.path} fill="#000" />
      </svg>
      <div className="grid justify-items-start gap-3">
        <TextArea
          {...TYPED_SECRET}
          id={KEY_ID}
          label={words.key}
          hint={words.keyHint}
          mono
          readOnly
          rows={2}
          value={base32}
          className="min-h-0 break-all"
          onFocus={(event) => event.currentTarget.select()}
        />
        <CopyButton text={base32} sourceId={KEY_ID} words={common.copying}>
          {words.copyKey}
        </CopyButton>
        <a className="quiet-link" href={uri}>
          {words.openApp}
        </a>
      </div>
      <AccountForm
        {...work.shown}
        submit={words.confirm}
        onSubmit={(form) =>
          work.submit(async () => {
            const result = await askServer('confirmSecondFactor', () => confirmSecondFactor(form));
            if (result.status === 'refused') return result;
            onConfirmed(result.codes);
            return null;
          })
        }
      >
        <TextField
          id={work.idOf('code')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          mono
          label={words.code}
          hint={words.codeHint}
          error={work.errorOf('code')}
        />
      </AccountForm>
    </div>
  );
}
