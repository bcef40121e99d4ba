import { useCallback, useRef, useState } from 'react';
import { FieldEditor } from '@/components/fields/field-editor';
import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors } from '@/components/form/use-shown-errors';
import { chosenReaders, ReadersChoice } from '@/components/request/readers-choice';
import type { NewRequestValues, useNewRequest } from '@/components/request/use-new-request';
import { expiryOptions } from '@/components/secret/expiry-field';
import { useLeaveGuard } from '@/components/form/use-work';
import { Select } from '@/components/ui/choice';
import { TextArea, TextField } from '@/components/ui/field';
import { definitionsOf, startDrafts, type FieldDraft } from '@/lib/browser/field-drafts';
import { usualOf, type ExpiresIn } from '@/lib/sealed/policy';
import type { Colleague } from '@/lib/requests/outcomes';
import { DEFAULT_REPLIES, MAX_QUESTION_LENGTH, MAX_REPLIES } from '@/lib/requests/policy';
import { refusalOfLabel } from '@/lib/secrets/field-rules';
import { TEMPLATE_IDS, templateFields } from '@/lib/secrets/templates';
import { refusals, troubles } from '@/messages/en/errors';
import { fields as fieldWords } from '@/messages/en/fields';
import { requests } from '@/messages/en/requests';

const words = requests.create;

export interface NewRequestFormProps extends Pick<
  ReturnType<typeof useNewRequest>,
  'errors' | 'step' | 'trouble'
> {
  readonly colleagues: readonly Colleague[];
  /** What the owner allows, in the order of the form. */
  readonly lifetimes: readonly ExpiresIn[];
  readonly hasMail: boolean;
  readonly onSubmit: (values: NewRequestValues) => void;
}

export function NewRequestForm(props: NewRequestFormProps) {
  const { colleagues, lifetimes, hasMail, step, trouble, onSubmit } = props;
  const form = useRef<HTMLFormElement>(null);
  const [drafts, setDrafts] = useState<readonly FieldDraft[]>([]);
  const errors = useShownErrors(props.errors);
  const refusal = props.errors.form;
  const problem = trouble === null ? refusal && refusals[refusal] : troubles[trouble];

  useLeaveGuard(
    useCallback(
      () => form.current !== null && textIn(new FormData(form.current), 'question') !== '',
      [],
    ),
  );

  const submit = (element: HTMLFormElement) => {
    const typed = new FormData(element);
    onSubmit({
      question: textIn(typed, 'question'),
      fields: JSON.stringify(definitionsOf(drafts)),
      expiresIn: textIn(typed, 'expiresIn'),
      repliesAllowed: textIn(typed, 'repliesAllowed'),
      ...chosenReaders(typed, colleagues),
    });
  };
  return (
    <SecretForm
      ref={form}
      sent={{ by: 'script', otherwise: null }}
      errors={errors}
      problem={
        problem && (
          <>
            <p>{problem}</p>
            <p>{trouble === 'page_outdated' ? words.reload : words.retry}</p>
          </>
        )
      }
      step={step && { label: words.steps[step] }}
      button={{ children: words.submit, pendingText: words.submitting }}
      onSubmit={submit}
    >
      <TextArea
        id="request-question"
        name="question"
        label={words.question.label}
        hint={words.question.hint}
        error={errors.errorOf('question')}
        rows={3}
        maxLength={MAX_QUESTION_LENGTH}
        required
      />
      <RequestedFields
        drafts={drafts}
        onChange={setDrafts}
        isRefused={props.errors.fields !== undefined}
      />
      <Select
        id="request-expires"
        name="expiresIn"
        label={words.expiresIn}
        error={errors.errorOf('expiresIn')}
        defaultValue={usualOf(lifetimes)}
        options={expiryOptions(lifetimes)}
        className="sm:max-w-64"
      />
      <TextField
        id="request-replies"
        name="repliesAllowed"
        label={words.repliesAllowed.label}
        hint={words.repliesAllowed.hint}
        error={errors.errorOf('repliesAllowed')}
        type="number"
        min={1}
        max={MAX_REPLIES}
        inputMode="numeric"
        defaultValue={DEFAULT_REPLIES}
        className="sm:max-w-32"
      />
      <ReadersChoice colleagues={colleagues} hasMail={hasMail} />
    </SecretForm>
  );
}

function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

/** One free reply: no fields at all. */
const ANYTHING = 'anything';

const TEMPLATES = [
  { value: ANYTHING, label: words.anything },
  ...TEMPLATE_IDS.map((id) => ({ value: id, label: fieldWords.templates[id].name })),
];

interface RequestedFieldsProps {
  readonly drafts: readonly FieldDraft[];
  readonly onChange: (drafts: readonly FieldDraft[]) => void;
  /** Whether the form was sent with a field that lacks its name. */
  readonly isRefused: boolean;
}

/** What to ask for: from a template, and field by field to one's liking. */
function RequestedFields({ drafts, onChange, isRefused }: RequestedFieldsProps) {
  const [template, setTemplate] = useState<string>(ANYTHING);

  function choose(value: string) {
    setTemplate(value);
    const id = TEMPLATE_IDS.find((candidate) => candidate === value);
    onChange(startDrafts(id === undefined ? [] : templateFields(id, fieldWords.templates)));
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
