'use client';

import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { useFormWork } from '@/components/account/use-form-work';
import { expiryOptions } from '@/components/secret/expiry-options';
import { Checkbox } from '@/components/ui/checkbox';
import { RadioGroup } from '@/components/ui/radio-group';
import { Select } from '@/components/ui/select';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { askServer } from '@/lib/browser/ask-server';
import { EXPIRIES, EXPIRY_CHOICES } from '@/lib/messages/policy';
import { settings } from '@/messages/en/settings';

export interface PolicyFormProps {
  readonly policy: SendingPolicy;
  readonly savePolicy: (form: FormData) => Promise<DoneResult>;
}

const words = settings.policies;

export function PolicyForm({ policy, savePolicy }: PolicyFormProps) {
  const [isSaved, setSaved] = useState(false);
  const work = useFormWork('policy', ['longestExpiry'], { label: settings.working });
  const longest = EXPIRY_CHOICES.find((choice) => EXPIRIES[choice] === policy.longestExpiry);
  const { whoMaySend } = words;
  return (
    <AccountForm
      {...work.shown}
      done={isSaved ? settings.saved : ''}
      submit={words.submit}
      onSubmit={(form) => {
        setSaved(false);
        work.submit(async () => {
          const result = await askServer('savePolicy', () => savePolicy(form));
          if (result.status === 'refused') return result;
          setSaved(true);
          return null;
        });
      }}
    >
      <RadioGroup
        name="whoMaySend"
        label={whoMaySend.label}
        defaultValue={policy.whoMaySend}
        options={[
          { value: 'anyone', label: whoMaySend.anyone, hint: whoMaySend.anyoneHint },
          { value: 'members', label: whoMaySend.members, hint: whoMaySend.membersHint },
        ]}
      />
      <Select
        id={work.idOf('longestExpiry')}
        name="longestExpiry"
        label={words.longestExpiry}
        options={expiryOptions(EXPIRY_CHOICES)}
        defaultValue={longest ?? '30d'}
        error={work.errorOf('longestExpiry')}
      />
      <Checkbox
        name="passphraseRequired"
        value="yes"
        defaultChecked={policy.passphraseRequired}
        label={words.passphraseRequired}
        hint={words.passphraseHint}
      />
    </AccountForm>
  );
}
