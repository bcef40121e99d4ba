import { useId, useState } from 'react';
import { personLabel } from '@/components/request/person-label';
import type { NewRequestValues } from '@/components/request/use-new-request';
import type { Colleague } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.create;

const ME = 'me';

export interface ReadersChoiceProps {
  readonly colleagues: readonly Colleague[];
  readonly hasMail: boolean;
}

/** Who else may read the replies, and which of those who may are told of them by mail. */
export function ReadersChoice({ colleagues, hasMail }: ReadersChoiceProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = (accountId: string, isChosen: boolean) =>
    setChosen((before) => {
      const after = new Set(before);
      if (isChosen) after.add(accountId);
      else after.delete(accountId);
      return after;
    });
  return (
    <>
      <CheckboxGroup
        name="reader"
        legend={words.readers.legend}
        hint={colleagues.length === 0 ? words.readers.nobody : words.readers.hint}
        options={colleagues.map((colleague) => ({
          value: colleague.accountId,
          label: personLabel(colleague),
        }))}
        onChoose={choose}
      />
      <CheckboxGroup
        name="told"
        legend={words.notice.legend}
        hint={hasMail ? words.notice.hint : words.notice.noMail}
        options={[
          { value: ME, label: words.notice.me, isChosen: hasMail },
          ...colleagues
            .filter(({ accountId }) => chosen.has(accountId))
            .map((colleague) => ({
              value: colleague.accountId,
              label: fill(words.notice.colleague, { name: personLabel(colleague) }),
            })),
        ]}
        disabled={!hasMail}
      />
    </>
  );
}

/** What was chosen, of the form that these boxes are in. */
export function chosenReaders(
  form: FormData,
  colleagues: readonly Colleague[],
): Pick<NewRequestValues, 'isTold' | 'colleagues'> {
  const [readers, told] = [new Set(form.getAll('reader')), new Set(form.getAll('told'))];
  return {
    isTold: told.has(ME),
    colleagues: colleagues
      .filter(({ accountId }) => readers.has(accountId))
      .map((colleague) => ({ ...colleague, isTold: told.has(colleague.accountId) })),
  };
}

interface CheckboxGroupProps {
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
function CheckboxGroup(props: CheckboxGroupProps) {
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
