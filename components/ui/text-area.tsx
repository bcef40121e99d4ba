import { useId, type ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, Field, type FieldText } from '@/components/ui/field';

export interface TextAreaProps extends ComponentProps<'textarea'>, FieldText {
  /** Monospaced, for secrets. */
  readonly mono?: boolean | undefined;
}

/** A text box of several lines with its label, hint and error. `className` goes to the textarea. */
export function TextArea({
  label,
  hint,
  error,
  mono = false,
  id,
  rows = 5,
  className,
  'aria-describedby': describedBy,
  ...rest
}: TextAreaProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <Field id={controlId} label={label} hint={hint} error={error}>
      <textarea
        // Whatever a person writes has the direction of its own letters.
        dir="auto"
        {...rest}
        {...describeControl(controlId, { hint, error }, describedBy)}
        rows={rows}
        className={classNames('control', 'control-area', mono && 'control-mono', className)}
      />
    </Field>
  );
}
