'use client';

import { useState } from 'react';
import { CodeList } from '@/components/settings/code-list';
import { PasswordForm } from '@/components/settings/password-form';
import { Section } from '@/components/settings/section';
import { PageHeading } from '@/components/ui/page-heading';
import type { CodeListResult, DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { settings } from '@/messages/en/settings';

export interface SecondFactorChangeProps {
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly renewSecondFactorCodes: (form: FormData) => Promise<CodeListResult>;
  readonly turnOffSecondFactor: (form: FormData) => Promise<DoneResult>;
}

/** For a second factor that is on: another list of codes, or off. */
export function SecondFactorChange(props: SecondFactorChangeProps) {
  const { email, readOwnVault, renewSecondFactorCodes, turnOffSecondFactor } = props;
  const words = settings.secondFactor;
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const leave = () => location.assign('/settings/security');

  if (codes !== null) return <CodeList codes={codes} email={email} onSaved={leave} />;
  return (
    <div className="grid gap-9">
      <PageHeading lead={words.onLead}>{words.onHeading}</PageHeading>
      <Section id="renew-heading" heading={words.renewHeading} lead={words.renewLead}>
        <PasswordForm
          name="renew"
          readOwnVault={readOwnVault}
          asksCode
          submit={words.renew}
          onProved={async (form) => {
            const result = await askServer('renewSecondFactorCodes', () =>
              renewSecondFactorCodes(form),
            );
            if (result.status === 'refused') return result;
            setCodes(result.codes);
            return null;
          }}
        />
      </Section>
      <Section id="turn-off-heading" heading={words.offHeading} lead={words.offLead}>
        <PasswordForm
          name="turn-off"
          readOwnVault={readOwnVault}
          asksCode
          submit={words.turnOff}
          onProved={async (form) => {
            const result = await askServer('turnOffSecondFactor', () => turnOffSecondFactor(form));
            if (result.status === 'refused') return result;
            leave();
            return null;
          }}
        />
      </Section>
    </div>
  );
}
