import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, FieldError, type FieldText } from '@/components/ui/field';

export interface RadioOption {
  readonly value: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly disabled?: boolean | undefined;
}

export interface RadioGroupProps
  extends Omit<ComponentProps<'fieldset'>, 'onChange' | 'children' | 'defaultValue'>, FieldText {
  readonly name: string;
  readonly options: readonly RadioOption[];
  /** Uncontrolled: which one is chosen at first. */
  readonly defaultValue?: string | undefined;
  /** Controlled, together with `onValueChange`. */
  readonly value?: string | undefined;
  readonly onValueChange?: ((value: string) => void) | undefined;
}

/** Radio buttons in a fieldset that is a radio group named by its legend. */
export function RadioGroup({
  label,
  hint,
  error,
  name,
  options,
  defaultValue,
  value,
  onValueChange,
  id,
  className,
  'aria-describedby': describedBy,
  ...rest
}: RadioGroupProps) {
  const ownId = useId();
  const groupId = id ?? ownId;
  return (
    <fieldset
      {...rest}
      {...describeControl(groupId, { hint, error }, describedBy)}
      role="radiogroup"
      aria-labelledby={`${groupId}-label`}
      className={classNames('field', className)}
    >
      <legend className="field-label" id={`${groupId}-label`}>
        {label}
      </legend>
      {hint !== undefined && (
        <p className="field-hint" id={`${groupId}-hint`}>
          {hint}
        </p>
      )}
      {options.map((option) => {
        const optionId = `${groupId}-${option.value}`;
        const chosen =
          value === undefined
            ? { defaultChecked: option.value === defaultValue }
            : { checked: option.value === value, onChange: () => onValueChange?.(option.value) };
        return (
          <div className="choice" key={option.value}>
            <input
              {...chosen}
              {...describeControl(optionId, { hint: option.hint })}
              type="radio"
              name={name}
              value={option.value}
              disabled={option.disabled}
              className="choice-control"
            />
            <div>
              <label className="choice-label" htmlFor={optionId}>
                {option.label}
              </label>
              {option.hint !== undefined && (
                <p className="field-hint" id={`${optionId}-hint`}>
                  {option.hint}
                </p>
              )}
            </div>
          </div>
        );
      })}
      <FieldError id={groupId} error={error} />
    </fieldset>
  );
}
