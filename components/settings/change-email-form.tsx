'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { textOf } from '@/components/account/password-work';
import { PasswordForm } from '@/components/settings/password-form';
import { TextField } from '@/components/ui/text-field';
import type { EmailChangeResult, VaultResult } from '@/lib/accounts/outcomes';
import { askServer } from '@/lib/browser/ask-server';
import { settings } from '@/messages/en/settings';
import { fill } from '@/messages/fill';

export interface ChangeEmailFormProps {
  readonly asksCode: boolean;
  readonly readOwnVault: (form: FormData) => Promise<VaultResult>;
  readonly changeEmail: (form: FormData) => Promise<EmailChangeResult>;
}

/** Another address: with mail once it is confirmed from there. */
export function ChangeEmailForm({ asksCode, readOwnVault, changeEmail }: ChangeEmailFormProps) {
  const words = settings.you.email;
  const router = useRouter();
  const [done, setDone] = useState('');
  return (
    <PasswordForm
      name="email"
      fields={['email']}
      asksCode={asksCode}
      readOwnVault={readOwnVault}
      submit={words.submit}
      done={done}
      onProved={async (form, _vault, given) => {
        setDone('');
        const email = textOf(given, 'email');
        form.set('email', email);
        const result = await askServer('changeEmail', () => changeEmail(form));
        if (result.status === 'refused') return result;
        setDone(fill(result.status === 'asked' ? words.asked : words.changed, { email }));
        if (result.status === 'changed') router.refresh();
        return null;
      }}
    >
      {(work) => (
        <TextField
          id={work.idOf('email')}
          name="email"
          type="email"
          autoComplete="email"
          label={words.label}
          error={work.errorOf('email')}
        />
      )}
    </PasswordForm>
  );
}
