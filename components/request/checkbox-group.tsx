import { useId } from 'react';

export interface CheckboxGroupProps {
  readonly name: string;
  readonly legend: string;
  readonly hint: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    /** From the start. */
    readonly isChosen?: boolean;
  }[];
  readonly disabled?: boolean;
  readonly onChoose?: (value: string, isChosen: boolean) => void;
}

/** Any number of a few choices. */
export function CheckboxGroup(props: CheckboxGroupProps) {
  const { name, legend, hint, options, disabled, onChoose } = props;
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={`${id}-hint`} disabled={disabled}>
      <legend className="field-label">{legend}</legend>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {options.map(({ value, label, isChosen }) => (
        <div className="choice" key={value}>
          <input
            type="checkbox"
            id={`${id}-${value}`}
            name={name}
            value={value}
            defaultChecked={isChosen}
            onChange={({ currentTarget }) => onChoose?.(value, currentTarget.checked)}
            className="choice-control"
          />
          <label className="choice-label" htmlFor={`${id}-${value}`}>
            {label}
          </label>
        </div>
      ))}
    </fieldset>
  );
}
