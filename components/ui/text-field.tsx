import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, Field, type FieldText } from '@/components/ui/field';

export interface TextFieldProps extends ComponentProps<'input'>, FieldText {
  /** Monospaced, for links, secrets and passphrases. */
  readonly mono?: boolean | undefined;
  /** Stands beside the control (under it where there is no room): a button. */
  readonly beside?: ReactNode;
}

/** A one-line text box with its label, hint and error. `className` goes to the input. */
export function TextField({
  label,
  hint,
  error,
  mono = false,
  beside,
  id,
  type = 'text',
  className,
  'aria-describedby': describedBy,
  ...rest
}: TextFieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const input = (
    <input
      // Whatever a person writes has the direction of its own letters.
      dir="auto"
      {...rest}
      {...describeControl(controlId, { hint, error }, describedBy)}
      type={type}
      className={classNames('control', mono && 'control-mono', className)}
    />
  );
  return (
    <Field id={controlId} label={label} hint={hint} error={error}>
      {beside === undefined ? (
        input
      ) : (
        <div className="control-row">
          {input}
          {beside}
        </div>
      )}
    </Field>
  );
}
