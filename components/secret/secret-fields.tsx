'use client';

import { FieldEditor } from '@/components/fields/field-editor';
import { FieldValues } from '@/components/fields/field-values';
import { Disclosure } from '@/components/ui/disclosure';
import { describeControl, FieldError } from '@/components/ui/field';
import { changeDraft, type FieldDraft } from '@/lib/browser/field-drafts';
import type { RefusalCode } from '@/lib/refusal-code';
import { isFilled, refusalOfLabel } from '@/lib/secrets/field-rules';
import { compose } from '@/messages/en/compose';
import { refusals } from '@/messages/en/errors';
import { fields as words } from '@/messages/en/fields';

export interface SecretFieldsProps {
  readonly id: string;
  readonly drafts: readonly FieldDraft[];
  /** Whether the fields are the sender's own: then their labels come first. */
  readonly isOwn: boolean;
  readonly refusal: RefusalCode | undefined;
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** The error no longer fits what is there. */
  readonly onEdited: () => void;
}

const LABEL_REFUSALS: readonly (RefusalCode | undefined)[] = [
  'field_label_missing',
  'field_label_too_long',
  'text_hidden',
];
const NO_ERROR = () => null;
/** An empty field is not sent, so its label may be missing. */
const errorOfFilled = (draft: FieldDraft) => (isFilled(draft) ? refusalOfLabel(draft.label) : null);

/** The secret as fields: which ones, and what is in them. */
export function SecretFields({
  id,
  drafts,
  isOwn,
  refusal,
  onChange,
  onEdited,
}: SecretFieldsProps) {
  const hint = compose.secret.fieldsHint;
  const isAboutLabels = LABEL_REFUSALS.includes(refusal);
  // What is wrong with a label is said beside it, for as long as it is wrong.
  const error = refusal === undefined || isAboutLabels ? undefined : refusals[refusal];

  function change(changed: readonly FieldDraft[]) {
    onChange(changed);
    if (!isAboutLabels) onEdited();
  }

  return (
    <fieldset {...describeControl(id, { hint, error })} className="field">
      <legend className="field-label">{compose.secret.label}</legend>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      <div className="mt-4 grid gap-5">
        <Disclosure summary={words.editor.summary} open={isOwn || isAboutLabels || undefined}>
          <FieldEditor
            drafts={drafts}
            isAskedFor={false}
            onChange={change}
            errorOf={isAboutLabels ? errorOfFilled : NO_ERROR}
          />
        </Disclosure>
        <FieldValues
          idPrefix={`${id}-value`}
          fields={drafts}
          values={drafts.map(({ value }) => value)}
          onValueChange={(index, value) => {
            const draft = drafts[index];
            if (draft !== undefined) change(changeDraft(drafts, draft.id, { value }));
          }}
        />
      </div>
      <FieldError id={id} error={error} />
    </fieldset>
  );
}
