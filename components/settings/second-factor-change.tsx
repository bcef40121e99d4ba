'use client';

import { useState } from 'react';
import { leaveFor } from '@/components/account/use-form-work';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { CodeList } from '@/components/settings/code-list';
import { PasswordForm } from '@/components/settings/password-form';
import { Section } from '@/components/settings/section';
import { PageHeading } from '@/components/ui/page-heading';
import type { DoneResult, VaultResult } from '@/lib/accounts/outcomes';
import type { MadeCodeList } from '@/lib/browser/account/make-code-list';
import { askServer } from '@/lib/browser/ask-server';
import { loadPart } from '@/lib/browser/load-part';
import { settings } from '@/messages/en/settings';

export interface SecondFactorChangeProps {
  readonly accountId: string;
  readonly email: string;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly renewSecondFactorCodes: (form: FormData) => Promise<DoneResult>;
  readonly turnOffSecondFactor: (form: FormData) => Promise<DoneResult>;
}

const loadMaking = () => loadPart(() => import('@/lib/browser/account/make-code-list'));

/** Codes that nothing knows of yet, and what puts them in force: the proof of the password with them. */
interface NewList extends MadeCodeList {
  readonly form: FormData;
}

/** For a second factor that is on: another list of codes, or off. */
export function SecondFactorChange(props: SecondFactorChangeProps) {
  const { accountId, email, readOwnVault, renewSecondFactorCodes, turnOffSecondFactor } = props;
  const words = settings.secondFactor;
  const [list, setList] = useState<NewList | null>(null);

  if (list !== null) {
    return (
      <div className="grid gap-6">
        <ArrivingHeading arrives lead={words.listLead}>
          {words.renewHeading}
        </ArrivingHeading>
        <CodeList
          codes={list.codes}
          email={email}
          words={words.renewing}
          onSaved={async (code) => {
            list.form.set('code', code);
            const result = await askServer('renewSecondFactorCodes', () =>
              renewSecondFactorCodes(list.form),
            );
            return result.status === 'refused' ? result : leaveFor('/settings/security');
          }}
        />
      </div>
    );
  }
  return (
    <div className="grid gap-9">
      <PageHeading lead={words.onLead}>{words.onHeading}</PageHeading>
      <Section id="renew-heading" heading={words.renewHeading} lead={words.renewLead}>
        <PasswordForm
          name="renew"
          readOwnVault={readOwnVault}
          submit={words.renew}
          onProved={async (form) => {
            const { makeCodeList } = await loadMaking();
            const made = await makeCodeList(accountId);
            form.set('codeHashes', made.codeHashes);
            setList({ ...made, form });
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
            location.assign('/settings/security');
            return null;
          }}
        />
      </Section>
    </div>
  );
}
