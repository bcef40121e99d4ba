import { useId, type ComponentProps, type ReactNode } from 'react';
import { classNames } from '@/components/ui/class-names';
import { describeControl, Field, FieldError, type FieldText } from '@/components/ui/field';

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

export interface QuietSelectProps extends Omit<ComponentProps<'select'>, 'children' | 'className'> {
  /** The accessible name. */
  readonly label: string;
  /** Where what stands beside it says as much to those who see. */
  readonly hidesLabel?: boolean;
  readonly options: readonly SelectOption[];
  /** Goes to the box around label and select. */
  readonly className?: string;
}

/** A native select that looks like a word among words, for what is seldom changed. */
export function QuietSelect({
  label,
  hidesLabel = false,
  options,
  className,
  ...rest
}: QuietSelectProps) {
  return (
    <label className={classNames('quiet-select', className)}>
      <span className={hidesLabel ? 'visually-hidden' : undefined}>{label}</span>
      <select {...rest} className="quiet-select-control">
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}
