import { useId, type ComponentProps } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, Field, type FieldText } from '@/components/ui/field';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps extends Omit<ComponentProps<'select'>, 'children'>, FieldText {
  readonly options: readonly SelectOption[];
}

/** A native select with its label, hint and error. `className` goes to the box around the select and its arrow. */
export function Select({
  label,
  hint,
  error,
  options,
  id,
  className,
  'aria-describedby': describedBy,
  ...rest
}: SelectProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  return (
    <Field id={controlId} label={label} hint={hint} error={error}>
      <span className={classNames('select', className)}>
        <select
          {...rest}
          {...describeControl(controlId, { hint, error }, describedBy)}
          className="control"
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </span>
    </Field>
  );
}
