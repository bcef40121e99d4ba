import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';

/** What every labelled control has in common. */
export interface FieldText {
  /** The control's accessible name, and nothing else. */
  readonly label: ReactNode;
  /** Stands under the label and is read with the control. */
  readonly hint?: ReactNode;
  /** Stands under the control; its presence marks the control as invalid. */
  readonly error?: ReactNode;
}

export interface FieldProps extends FieldText {
  /** Of the control. Its hint and error get ids derived from it. */
  readonly id: string;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

function isShown(text: ReactNode): boolean {
  return text !== undefined && text !== null && text !== false && text !== '';
}

/** The attributes that tie a control to its field's hint and error. */
export function describeControl(
  id: string,
  { hint, error }: Pick<FieldText, 'hint' | 'error'>,
  describedBy?: string,
) {
  const ids = [describedBy, isShown(hint) && `${id}-hint`, isShown(error) && `${id}-error`];
  return {
    id,
    'aria-describedby': classNames(...ids) || undefined,
    'aria-invalid': isShown(error) || undefined,
  };
}

/** Label, hint, control, error, in this order. Give the control `describeControl(id, …)`. */
export function Field({ id, label, hint, error, className, children }: FieldProps) {
  return (
    <div className={classNames('field', className)}>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {isShown(hint) && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      <FieldError id={id} error={error} />
    </div>
  );
}

/** The error of the control `id`; announced when it appears. Renders nothing visible without one. */
export function FieldError({ id, error }: { readonly id: string; readonly error: ReactNode }) {
  return (
    <div aria-live="polite" className="field-error-region">
      {isShown(error) && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

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
