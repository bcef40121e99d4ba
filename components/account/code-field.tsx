import { TextField, type TextFieldProps } from '@/components/ui/text-field';
import { account } from '@/messages/en/account';

/** A code of the second factor: of the app or, where nothing else is said, of the list that stands in for it. */
export function CodeField(props: Partial<TextFieldProps>) {
  return (
    <TextField
      name="code"
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      mono
      label={account.fields.code.label}
      hint={account.fields.code.hint}
      {...props}
    />
  );
}
