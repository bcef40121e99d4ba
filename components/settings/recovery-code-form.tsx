'use client';

import { useState } from 'react';
import { leaveIfDone, type Ask } from '@/components/account/account-form';
import { RecoveryCode } from '@/components/account/shown-once';
import { ProofForm } from '@/components/settings/proof';
import { PageHeading } from '@/components/ui/surface';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/browser-trouble';
import { settings } from '@/messages/en/settings';

export interface RecoveryCodeFormProps {
  readonly email: string;
  readonly readOwnVault: Ask<VaultResult>;
  readonly changeRecoveryCode: Ask<DoneResult>;
}

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-account'));

/** A code that nothing knows of yet, and what puts it in force: the proof of the password with it. */
interface NewCode {
  readonly code: string;
  readonly form: FormData;
}

/**
 * A new recovery code for the vault: made here, shown once, and in force once it is said to be kept.
 * Until then the one before is good, whatever becomes of this page.
 */
export function RecoveryCodeForm(props: RecoveryCodeFormProps) {
  const { email, readOwnVault, changeRecoveryCode } = props;
  const words = settings.recoveryCode;
  const [made, setMade] = useState<NewCode | null>(null);

  if (made !== null) {
    return (
      <RecoveryCode
        code={made.code}
        email={email}
        step={words.saving}
        untilThen={words.untilThen}
        onSaved={async () => {
          const result = await askServer('changeRecoveryCode', () => changeRecoveryCode(made.form));
          return leaveIfDone(result, '/settings/security');
        }}
      />
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={words.lead}>{words.heading}</PageHeading>
      <ProofForm
        name="recovery-code"
        readOwnVault={readOwnVault}
        asksCode={false}
        submit={words.submit}
        onProved={async (form, vault) => {
          const { wrapForRecovery } = await loadMaking();
          setMade({ code: await wrapForRecovery(vault, form), form });
          return { status: 'done' };
        }}
      />
    </div>
  );
}
