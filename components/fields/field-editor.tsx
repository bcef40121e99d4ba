'use client';

import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox, Select } from '@/components/ui/choice';
import { LiveRegion } from '@/components/ui/notice';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/field';
import {
  addDraft,
  changeDraft,
  moveDraft,
  removeDraft,
  type FieldDraft,
} from '@/lib/browser/field-drafts';
import { MAX_FIELDS } from '@/lib/protocol/constants';
import { SECRET_FIELD_KINDS } from '@/lib/protocol/envelope';
import type { RefusalCode } from '@/lib/refusal-code';
import { MAX_LABEL_LENGTH, type FieldDefinition } from '@/lib/secrets/field-rules';
import { refusals } from '@/messages/en/errors';
import { fields } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

const words = fields.editor;

export interface FieldEditorProps {
  readonly drafts: readonly FieldDraft[];
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** Whether a client fills the fields in, who can be required to. */
  readonly isAskedFor: boolean;
  /** What is wrong with a field's label; nothing before the person tried to go on. */
  readonly errorOf: (draft: FieldDraft) => RefusalCode | null;
}

/** Which fields there are: add, remove, rename, choose a kind, reorder. Values stay with their field. */
export function FieldEditor({ drafts, onChange, isAskedFor, errorOf }: FieldEditorProps) {
  const editorId = useId();
  const [said, setSaid] = useState('');
  const focusNext = useFocusNext();
  const rowId = (id: number) => `${editorId}-${id}`;
  const addId = `${editorId}-add`;

  function add() {
    const added = addDraft(drafts);
    onChange(added);
    const [last] = added.slice(-1);
    if (last !== undefined) focusNext(`${rowId(last.id)}-label`);
  }

  function remove({ id }: FieldDraft, index: number, name: string) {
    onChange(removeDraft(drafts, id));
    setSaid(fill(words.removed, { label: name }));
    const neighbour = drafts[index + 1] ?? drafts[index - 1];
    focusNext(neighbour === undefined ? addId : `${rowId(neighbour.id)}-label`);
  }

  function move({ id }: FieldDraft, index: number, name: string, step: -1 | 1) {
    onChange(moveDraft(drafts, id, step));
    const number = index + step + 1;
    setSaid(fill(words.moved, { label: name, number, count: drafts.length }));
    // The button that was pressed, to be pressed again; at the end of its way there is but the other.
    const [up, down] = [`${rowId(id)}-up`, `${rowId(id)}-down`];
    focusNext(...(step === -1 ? [up, down] : [down, up]));
  }

  return (
    <div className="grid gap-5">
      {drafts.length > 0 && (
        <ol className="grid gap-6">
          {drafts.map((draft, index) => {
            const name = draft.label.trim() || fill(fields.unnamed, { number: index + 1 });
            return (
              <li key={draft.id}>
                <FieldEditorRow
                  id={rowId(draft.id)}
                  draft={draft}
                  name={name}
                  index={index}
                  isLast={index === drafts.length - 1}
                  refusal={errorOf(draft)}
                  isAskedFor={isAskedFor}
                  onChange={(change) => onChange(changeDraft(drafts, draft.id, change))}
                  onMove={(step) => move(draft, index, name, step)}
                  onRemove={() => remove(draft, index, name)}
                />
              </li>
            );
          })}
        </ol>
      )}
      {drafts.length < MAX_FIELDS && (
        <div>
          <Button id={addId} onClick={add}>
            {words.add}
          </Button>
        </div>
      )}
      <LiveRegion hidden>{said}</LiveRegion>
    </div>
  );
}

/** Gives the focus, once the next change is drawn, to the first of these that is there by then. */
function useFocusNext(): (...ids: readonly string[]) => void {
  const next = useRef<readonly string[]>([]);
  useEffect(() => {
    const found = next.current.map((id) => document.getElementById(id));
    next.current = [];
    found.find((element) => element !== null)?.focus();
  });
  return (...ids) => {
    next.current = ids;
  };
}

interface FieldEditorRowProps {
  /** Its controls get the ids `<id>-label`, `<id>-kind`, `<id>-up` and `<id>-down`. */
  readonly id: string;
  readonly draft: FieldDraft;
  /** What its buttons call it. */
  readonly name: string;
  readonly index: number;
  readonly isLast: boolean;
  /** Of its label. */
  readonly refusal: RefusalCode | null;
  readonly isAskedFor: boolean;
  readonly onChange: (change: Partial<FieldDefinition>) => void;
  readonly onMove: (step: -1 | 1) => void;
  readonly onRemove: () => void;
}

/** One field in the editor: its label, its kind, and what can be done with it. */
function FieldEditorRow({
  id,
  draft: { label, kind, required },
  name,
  index,
  isLast,
  refusal,
  isAskedFor,
  onChange,
  onMove,
  onRemove,
}: FieldEditorRowProps) {
  return (
    <fieldset className="field-row">
      <legend className="visually-hidden">{fill(words.field, { number: index + 1 })}</legend>
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
        {index > 0 && (
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
