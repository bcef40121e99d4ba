import { useState } from 'react';
import { FieldEditor } from '@/components/fields/field-editor';
import { Select } from '@/components/ui/select';
import { startDrafts, type FieldDraft } from '@/lib/browser/field-drafts';
import { refusalOfLabel } from '@/lib/secrets/field-rules';
import { TEMPLATE_IDS, templateFields } from '@/lib/secrets/templates';
import { fields as fieldWords } from '@/messages/en/fields';
import { requests } from '@/messages/en/requests';

const words = requests.create;

export interface RequestedFieldsEditorProps {
  readonly drafts: readonly FieldDraft[];
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** Whether somebody tried to go on with a field that lacks its name. */
  readonly isRefused: boolean;
}

/** One free reply: no fields at all. */
const ANYTHING = 'anything';

const TEMPLATES = [
  { value: ANYTHING, label: words.anything },
  ...TEMPLATE_IDS.map((id) => ({ value: id, label: fieldWords.templates[id].name })),
];

/** What to ask for: from a template, and field by field to one's liking. */
export function RequestedFieldsEditor({ drafts, onChange, isRefused }: RequestedFieldsEditorProps) {
  const [template, setTemplate] = useState<string>(ANYTHING);

  function choose(value: string) {
    setTemplate(value);
    const id = TEMPLATE_IDS.find((candidate) => candidate === value);
    const chosen = id === undefined ? [] : templateFields(id, fieldWords.templates);
    onChange(chosen.length === 0 ? [] : startDrafts(chosen));
  }

  return (
    <div className="grid gap-5">
      <Select
        label={words.template.label}
        hint={words.template.hint}
        value={template}
        options={TEMPLATES}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        className="sm:max-w-64"
      />
      <FieldEditor
        drafts={drafts}
        onChange={onChange}
        isAskedFor
        errorOf={({ label }) => (isRefused ? refusalOfLabel(label) : null)}
      />
    </div>
  );
}
