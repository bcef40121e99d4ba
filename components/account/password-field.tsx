'use client';

import { useState } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { TextField, type TextFieldProps } from '@/components/ui/text-field';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
import { account } from '@/messages/en/account';

export interface PasswordFieldProps extends Omit<TextFieldProps, 'type' | 'beside' | 'label'> {
  readonly label?: string;
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password, hidden until its owner wants to see what they type: there is no second box to repeat it in. */
export function PasswordField({
  label = account.fields.password.label,
  ...rest
}: PasswordFieldProps) {
  const isHydrated = useHydrated();
  const [isShown, setShown] = useState(false);
  const words = account.fields.password;
  return (
    <TextField
      {...rest}
      label={label}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      onFocus={prepareStretching}
      beside={
        isHydrated && (
          <Button aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {words.show}
          </Button>
        )
      }
    />
  );
}
