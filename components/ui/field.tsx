import type { ReactNode } from 'react';
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
