import type { KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/text-field';
import type { FieldDraft } from '@/lib/browser/field-drafts';
import { SECRET_FIELD_KINDS } from '@/lib/protocol/secret-fields';
import type { RefusalCode } from '@/lib/refusal-code';
import { MAX_LABEL_LENGTH, type FieldDefinition } from '@/lib/secrets/field-rules';
import { refusals } from '@/messages/en/errors';
import { fields } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

export interface FieldEditorRowProps {
  /** Its controls get the ids `<id>-label`, `<id>-kind`, `<id>-up` and `<id>-down`. */
  readonly id: string;
  readonly draft: FieldDraft;
  /** What its buttons call it. */
  readonly name: string;
  /** From 1. */
  readonly number: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Of its label. */
  readonly refusal: RefusalCode | null;
  /** Whether somebody else fills it in, who can be required to. */
  readonly isAskedFor: boolean;
  readonly onChange: (change: Partial<FieldDefinition>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
}

const words = fields.editor;

/** One field in the editor: its label, its kind, and what can be done with it. */
export function FieldEditorRow({
  id,
  draft: { label, kind, required },
  name,
  number,
  isFirst,
  isLast,
  refusal,
  isAskedFor,
  onChange,
  onMove,
  onRemove,
}: FieldEditorRowProps) {
  return (
    <fieldset className="field-row">
      <legend className="visually-hidden">{fill(words.field, { number })}</legend>
      <TextField
        id={`${id}-label`}
        label={words.label}
        error={refusal === null ? undefined : refusals[refusal]}
        value={label}
        maxLength={MAX_LABEL_LENGTH}
        {...TYPED_SECRET}
        onChange={({ currentTarget }) => onChange({ label: currentTarget.value })}
        onKeyDown={ignoreEnter}
      />
      <Select
        id={`${id}-kind`}
        label={words.kind}
        value={kind}
        options={SECRET_FIELD_KINDS.map((value) => ({ value, label: words.kinds[value] }))}
        onChange={({ currentTarget }) => {
          const chosen = SECRET_FIELD_KINDS.find((candidate) => candidate === currentTarget.value);
          if (chosen !== undefined) onChange({ kind: chosen });
        }}
      />
      {isAskedFor && (
        <Checkbox
          id={`${id}-required`}
          label={words.required}
          className="col-span-full"
          checked={required ?? false}
          onChange={({ currentTarget }) =>
            onChange({ required: currentTarget.checked || undefined })
          }
        />
      )}
      <div className="field-row-actions">
        {!isFirst && (
          <Button
            id={`${id}-up`}
            aria-label={fill(words.upLong, { label: name })}
            onClick={() => onMove(-1)}
          >
            {words.up}
          </Button>
        )}
        {!isLast && (
          <Button
            id={`${id}-down`}
            aria-label={fill(words.downLong, { label: name })}
            onClick={() => onMove(1)}
          >
            {words.down}
          </Button>
        )}
        <Button aria-label={fill(words.removeLong, { label: name })} onClick={onRemove}>
          {words.remove}
        </Button>
      </div>
    </fieldset>
  );
}

/** The Enter key would send the whole form, from a control that only names a field. */
function ignoreEnter(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}
