import { useRef, useState } from 'react';
import { TEMPLATES, TEMPLATE_NAMES, isTemplateName } from '@/components/request/field-templates';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import { TextField } from '@/components/ui/text-field';
import { MAX_FIELDS } from '@/lib/protocol/constants';
import { SECRET_FIELD_KINDS } from '@/lib/protocol/secret-fields';
import type { RequestedField } from '@/lib/requests/outcomes';
import { MAX_LABEL_LENGTH } from '@/lib/requests/policy';
import { requests } from '@/messages/en/requests';
import { fill } from '@/messages/fill';

const words = requests.create;

export interface RequestedFieldsEditorProps {
  readonly fields: readonly RequestedField[];
  readonly onChange: (fields: readonly RequestedField[]) => void;
  readonly error: string | undefined;
}

const KINDS = SECRET_FIELD_KINDS.map((kind) => ({ value: kind, label: words.fields.kinds[kind] }));

/** What to ask for: from a template, field by field to one's liking. */
export function RequestedFieldsEditor({ fields, onChange, error }: RequestedFieldsEditorProps) {
  // Rows keep their identity while others are removed before them.
  const nextKey = useRef(0);
  const [keys, setKeys] = useState<readonly number[]>([]);
  const keyed = fields.map((field, index) => ({ field, key: keys[index] ?? -1 - index }));

  const change = (index: number, changes: Partial<RequestedField>) =>
    onChange(fields.map((field, at) => (at === index ? { ...field, ...changes } : field)));
  const drawKeys = (count: number) => Array.from({ length: count }, () => nextKey.current++);

  return (
    <div className="grid gap-4">
      <Select
        label={words.template.label}
        hint={words.template.hint}
        defaultValue="anything"
        options={TEMPLATE_NAMES.map((name) => ({ value: name, label: words.templates[name] }))}
        onChange={({ currentTarget: { value } }) => {
          if (!isTemplateName(value)) return;
          setKeys(drawKeys(TEMPLATES[value].length));
          onChange(TEMPLATES[value]);
        }}
        className="sm:max-w-64"
      />
      {fields.length > 0 && (
        <fieldset className="grid gap-5">
          <legend className="field-label mb-3">{words.fields.legend}</legend>
          {keyed.map(({ field, key }, index) => {
            const number = { number: index + 1 };
            return (
              <div
                key={key}
                className="grid items-end gap-3 border-s border-line ps-4 sm:grid-cols-[1fr_11rem_auto]"
              >
                <TextField
                  label={fill(words.fields.name, number)}
                  error={field.label.trim() === '' ? error : undefined}
                  value={field.label}
                  maxLength={MAX_LABEL_LENGTH}
                  autoComplete="off"
                  onChange={({ currentTarget }) => change(index, { label: currentTarget.value })}
                />
                <Select
                  label={fill(words.fields.kind, number)}
                  value={field.kind}
                  options={KINDS}
                  onChange={({ currentTarget: { value } }) => {
                    const kind = SECRET_FIELD_KINDS.find((name) => name === value);
                    if (kind !== undefined) change(index, { kind });
                  }}
                />
                <Button
                  onClick={() => {
                    setKeys(keys.filter((_, at) => at !== index));
                    onChange(fields.filter((_, at) => at !== index));
                  }}
                >
                  {fill(words.fields.remove, number)}
                </Button>
              </div>
            );
          })}
        </fieldset>
      )}
      {fields.length < MAX_FIELDS && (
        <div>
          <Button
            onClick={() => {
              setKeys([...keyed.map(({ key }) => key), ...drawKeys(1)]);
              onChange([...fields, { label: '', kind: 'text' }]);
            }}
          >
            {words.fields.add}
          </Button>
        </div>
      )}
    </div>
  );
}
