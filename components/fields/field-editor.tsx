'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { FieldEditorRow } from '@/components/fields/field-editor-row';
import { Button } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/live-region';
import {
  addDraft,
  changeDraft,
  moveDraft,
  removeDraft,
  type FieldDraft,
} from '@/lib/browser/field-drafts';
import { MAX_FIELDS } from '@/lib/protocol/constants';
import type { RefusalCode } from '@/lib/refusal-code';
import { fields as words } from '@/messages/en/fields';
import { fill } from '@/messages/fill';

export interface FieldEditorProps {
  readonly drafts: readonly FieldDraft[];
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** What is wrong with a field's label; nothing before somebody tried to go on. */
  /** Whether somebody else fills the fields in. */
  readonly isAskedFor: boolean;
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
    setSaid(fill(words.editor.removed, { label: name }));
    const neighbour = drafts[index + 1] ?? drafts[index - 1];
    focusNext(neighbour === undefined ? addId : `${rowId(neighbour.id)}-label`);
  }

  function move({ id }: FieldDraft, index: number, name: string, step: -1 | 1) {
    onChange(moveDraft(drafts, id, step));
    const number = index + step + 1;
    setSaid(fill(words.editor.moved, { label: name, number, count: drafts.length }));
    // The button that was pressed, to be pressed again; at the end of its way there is but the other.
    const [up, down] = [`${rowId(id)}-up`, `${rowId(id)}-down`];
    focusNext(...(step === -1 ? [up, down] : [down, up]));
  }

  return (
    <div className="grid gap-5">
      {drafts.length > 0 && (
        <ol className="grid gap-6">
          {drafts.map((draft, index) => {
            const name = draft.label.trim() || fill(words.unnamed, { number: index + 1 });
            return (
              <li key={draft.id}>
                <FieldEditorRow
                  id={rowId(draft.id)}
                  draft={draft}
                  name={name}
                  number={index + 1}
                  isFirst={index === 0}
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
            {words.editor.add}
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
