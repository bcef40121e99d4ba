import { useCallback, useRef, useState } from 'react';
import { SecretForm } from '@/components/form/secret-form';
import { useShownErrors } from '@/components/form/use-shown-errors';
import { checkNewRequest } from '@/components/request/check-new-request';
import { chosenReaders, ReadersChoice } from '@/components/request/readers-choice';
import { RequestedFieldsEditor } from '@/components/request/requested-fields-editor';
import type { NewRequestValues } from '@/components/request/use-new-request';
import { expiryOptions } from '@/components/secret/expiry-options';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Select } from '@/components/ui/select';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { definitionsOf, type FieldDraft } from '@/lib/browser/field-drafts';
import { usualOf, type ExpiresIn } from '@/lib/messages/policy';
import type { Colleague, CreateErrors } from '@/lib/requests/outcomes';
import { DEFAULT_REPLIES, MAX_QUESTION_LENGTH, MAX_REPLIES } from '@/lib/requests/policy';
import { refusals, troubles } from '@/messages/en/errors';
import { requests } from '@/messages/en/requests';

const words = requests.create;

export interface NewRequestFormProps {
  readonly colleagues: readonly Colleague[];
  /** What the owner allows, in the order of the form. */
  readonly lifetimes: readonly ExpiresIn[];
  readonly hasMail: boolean;
  readonly errors: CreateErrors;
  readonly setErrors: (errors: CreateErrors) => void;
  readonly step: keyof typeof words.steps | null;
  readonly trouble: ShownTrouble | null;
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
    useCallback(() => form.current !== null && textIn(form.current, 'question') !== '', []),
  );

  const submit = (element: HTMLFormElement) => {
    const values: NewRequestValues = {
      question: textIn(element, 'question'),
      fields: JSON.stringify(definitionsOf(drafts)),
      expiresIn: textIn(element, 'expiresIn'),
      repliesAllowed: textIn(element, 'repliesAllowed'),
      ...chosenReaders(new FormData(element), colleagues),
    };
    const found = checkNewRequest(values);
    props.setErrors(found);
    if (Object.keys(found).length === 0) onSubmit(values);
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
      <RequestedFieldsEditor
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

function textIn(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
