import { useId } from 'react';

export interface CheckboxGroupProps {
  readonly name: string;
  readonly legend: string;
  readonly hint: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

/** Any number of a few choices. */
export function CheckboxGroup({ name, legend, hint, options }: CheckboxGroupProps) {
  const id = useId();
  return (
    <fieldset className="field" aria-describedby={`${id}-hint`}>
      <legend className="field-label">{legend}</legend>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {options.map(({ value, label }) => (
        <div className="choice" key={value}>
          <input
            type="checkbox"
            id={`${id}-${value}`}
            name={name}
            value={value}
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
