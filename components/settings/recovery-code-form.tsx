'use client';

import { useState } from 'react';
import { RecoveryCode } from '@/components/account/recovery-code';
import { leaveFor } from '@/components/account/use-form-work';
import { PasswordForm } from '@/components/settings/password-form';
import { PageHeading } from '@/components/ui/page-heading';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { encodeBase64url } from '@/lib/protocol/base64url';
import { settings } from '@/messages/en/settings';

export interface RecoveryCodeFormProps {
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly changeRecoveryCode: (form: FormData) => Promise<DoneResult>;
}

const loadWrapping = () => loadPart(() => import('@/lib/browser/account/make-account'));

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
          return result.status === 'refused' ? result : leaveFor('/settings/security');
        }}
      />
    );
  }
  return (
    <div className="grid gap-7">
      <PageHeading lead={words.lead}>{words.heading}</PageHeading>
      <PasswordForm
        name="recovery-code"
        readOwnVault={readOwnVault}
        submit={words.submit}
        onProved={async (form, vault) => {
          const { wrapForRecovery } = await loadWrapping();
          const { recoveryCode, seedByRecovery } = await wrapForRecovery(vault);
          form.set('vaultPublicKey', encodeBase64url(vault.publicKey));
          form.set('vaultSeedByRecovery', encodeBase64url(seedByRecovery));
          setMade({ code: recoveryCode, form });
          return null;
        }}
      />
    </div>
  );
}
