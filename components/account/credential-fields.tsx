'use client';

import { useState } from 'react';
import { useHydrated } from '@/components/ui/script-only';
import { Button } from '@/components/ui/button';
import { TextField, type TextFieldProps } from '@/components/ui/field';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/accounts/policy';
import { prepareStretching, fitsAsPassphrase } from '@/lib/browser/stretch-passphrase';
import type { RefusalCode } from '@/lib/refusal-code';
import { account } from '@/messages/en/account';

const words = account.fields;

export type NamedFieldProps = Partial<TextFieldProps>;

/** The name that clients and colleagues see. */
export function NameField(props: NamedFieldProps) {
  return (
    <TextField autoComplete="name" label={words.name.label} hint={words.name.hint} {...props} />
  );
}

/** An address; where nothing else is said, the one that signs in. */
export function EmailField(props: NamedFieldProps) {
  return <TextField type="email" autoComplete="username" label={words.email.label} {...props} />;
}

export interface PasswordFieldProps extends Omit<NamedFieldProps, 'type' | 'beside'> {
  readonly autoComplete: 'current-password' | 'new-password';
}

/** A password, hidden until its owner wants to see what they type: there is no second box to repeat it in. */
export function PasswordField(props: PasswordFieldProps) {
  const isHydrated = useHydrated();
  const [isShown, setShown] = useState(false);
  const { label, newHint, show } = words.password;
  return (
    <TextField
      label={label}
      hint={props.autoComplete === 'new-password' ? newHint : undefined}
      {...props}
      type={isShown ? 'text' : 'password'}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      onFocus={prepareStretching}
      beside={
        isHydrated && (
          <Button aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            {show}
          </Button>
        )
      }
    />
  );
}

/** Why a new password would be refused; null if it is none. Characters are counted as people do. */
export function refusalOfNewPassword(password: string): RefusalCode | null {
  if (Array.from(password).length < MIN_PASSWORD_LENGTH) return 'password_too_short';
  return password.length <= MAX_PASSWORD_LENGTH && fitsAsPassphrase(password)
    ? null
    : 'password_too_long';
}

/** A code of the second factor: of the app or, where nothing else is said, of the list that stands in for it. */
export function CodeField(props: NamedFieldProps) {
  return (
    <TextField
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      mono
      label={words.code.label}
      hint={words.code.hint}
      {...props}
    />
  );
}
