'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { AccountForm } from '@/components/account/account-form';
import { useFormWork } from '@/components/account/use-form-work';
import { TextField } from '@/components/ui/text-field';
import type { DoneResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';

export interface ProfileFormProps {
  readonly name: string;
  readonly saveProfile: (form: FormData) => Promise<DoneResult>;
}

export function ProfileForm({ name, saveProfile }: ProfileFormProps) {
  const router = useRouter();
  const [isSaved, setSaved] = useState(false);
  const work = useFormWork('profile', ['name'], { label: settings.working });

  return (
    <AccountForm
      {...work.shown}
      done={isSaved ? settings.saved : ''}
      submit={settings.you.profile.submit}
      onSubmit={(form) => {
        setSaved(false);
        work.submit(async () => {
          const result = await askServer('saveProfile', () => saveProfile(form));
          if (result.status === 'refused') return result;
          setSaved(true);
          router.refresh();
          return null;
        });
      }}
    >
      <TextField
        id={work.idOf('name')}
        name="name"
        autoComplete="name"
        defaultValue={name}
        label={account.fields.name.label}
        hint={account.fields.name.hint}
        error={work.errorOf('name')}
      />
    </AccountForm>
  );
}
