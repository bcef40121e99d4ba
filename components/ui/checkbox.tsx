import { useId, type ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, FieldError, type FieldText } from '@/components/ui/field';

export interface CheckboxProps extends Omit<ComponentProps<'input'>, 'type'>, FieldText {}

/** A checkbox before its label; the whole line is the target. `className` goes to the outer element. */
export function Checkbox({
  label,
  hint,
  error,
  id,
  className,
  'aria-describedby': describedBy,
  ...rest
}: CheckboxProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <div className={classNames('field', className)}>
      <div className="choice">
        <input
          {...rest}
          {...describeControl(controlId, { hint, error }, describedBy)}
          type="checkbox"
          className="choice-control"
        />
        <div>
          <label className="choice-label" htmlFor={controlId}>
            {label}
          </label>
          {hint !== undefined && (
            <p className="field-hint" id={`${controlId}-hint`}>
              {hint}
            </p>
          )}
        </div>
      </div>
      <FieldError id={controlId} error={error} />
    </div>
  );
}
