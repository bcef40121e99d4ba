'use client';

import { useState } from 'react';
import { RecoveryCode } from '@/components/account/recovery-code';
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

/** A new recovery code for the vault: made here, in force at once, shown once. */
export function RecoveryCodeForm(props: RecoveryCodeFormProps) {
  const { email, readOwnVault, changeRecoveryCode } = props;
  const words = settings.recoveryCode;
  const [code, setCode] = useState<string | null>(null);

  if (code !== null) {
    return (
      <RecoveryCode
        code={code}
        email={email}
        onSaved={() => location.assign('/settings/security')}
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
          const result = await askServer(() => changeRecoveryCode(form));
          if (result.status === 'refused') return result;
          setCode(recoveryCode);
          return null;
        }}
      />
    </div>
  );
}
