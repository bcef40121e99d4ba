'use client';

import { AccountForm, useFormWork, type Ask } from '@/components/account/account-form';
import { expiryOptions } from '@/components/secret/expiry-field';
import { Checkbox, RadioGroup, Select } from '@/components/ui/choice';
import type { DoneResult } from '@/lib/accounts/outcomes';
import type { SendingPolicy } from '@/lib/sealed/sending-policy';
import { askServer } from '@/lib/browser/ask-server';
import { EXPIRIES, EXPIRY_CHOICES } from '@/lib/sealed/policy';
import { settings } from '@/messages/en/settings';

export interface PolicyFormProps {
  readonly policy: SendingPolicy;
  readonly savePolicy: Ask<DoneResult>;
}

const words = settings.policies;

export function PolicyForm({ policy, savePolicy }: PolicyFormProps) {
  const work = useFormWork('policy', ['longestExpiry'], { label: settings.working });
  const longest = EXPIRY_CHOICES.find((choice) => EXPIRIES[choice] === policy.longestExpiry);
  const { whoMaySend } = words;
  return (
    <AccountForm
      work={work}
      says={settings.saved}
      submit={words.submit}
      onSubmit={(given) => askServer('savePolicy', () => savePolicy(given))}
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
        {...work.field('longestExpiry')}
        label={words.longestExpiry}
        options={expiryOptions(EXPIRY_CHOICES)}
        defaultValue={longest ?? '30d'}
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
