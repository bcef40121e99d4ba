'use client';

import { useState } from 'react';
import { RecoveryCode } from '@/components/account/recovery-code';
import { PasswordForm } from '@/components/settings/password-form';
import { useWork } from '@/components/secret/use-work';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/page-heading';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { encodeBase64url } from '@/lib/protocol/base64url';
import type { RefusalCode } from '@/lib/refusal-code';
import { refusals, troubles } from '@/messages/en/errors';
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
  const { run, trouble } = useWork<'saving'>();
  const [refusal, setRefusal] = useState<RefusalCode | null>(null);

  if (made !== null) {
    const putInForce = async () => {
      const outcome = { isDone: false };
      setRefusal(null);
      await run('saving', async () => {
        const result = await askServer(() => changeRecoveryCode(made.form));
        outcome.isDone = result.status === 'done';
        if (result.status === 'refused') setRefusal(result.refusal);
      });
      if (!outcome.isDone) throw new Error('The code is not in force.');
      location.assign('/settings/security');
    };
    const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];
    return (
      <RecoveryCode
        code={made.code}
        email={email}
        onSaved={putInForce}
        problem={
          problem === null ? null : (
            <Notice tone="danger">
              <p>{problem}</p>
              <p>{words.oldOneHolds}</p>
            </Notice>
          )
        }
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
