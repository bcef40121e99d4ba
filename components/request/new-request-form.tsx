import { useCallback, useEffect, useRef, useState } from 'react';
import { checkNewRequest } from '@/components/request/check-new-request';
import { chosenReaders, ReadersChoice } from '@/components/request/readers-choice';
import { RequestedFieldsEditor } from '@/components/request/requested-fields-editor';
import type { NewRequestValues } from '@/components/request/use-new-request';
import { expiryOptions } from '@/components/secret/expiry-options';
import { useEdited } from '@/components/secret/use-edited';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Working } from '@/components/secret/working';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
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
  const { colleagues, lifetimes, hasMail, errors, setErrors, step, trouble, onSubmit } = props;
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [drafts, setDrafts] = useState<readonly FieldDraft[]>([]);
  const edited = useEdited();
  const problem = trouble === null ? errors.form && refusals[errors.form] : troubles[trouble];

  useLeaveGuard(
    useCallback(() => form.current !== null && textIn(form.current, 'question') !== '', []),
  );
  useEffect(() => {
    const invalid = form.current?.querySelector('[aria-invalid="true"]');
    if (invalid instanceof HTMLElement) invalid.focus();
  }, [errors]);
  useEffect(() => {
    if (problem !== undefined) button.current?.focus();
  }, [problem]);

  const submit = (element: HTMLFormElement) => {
    const values: NewRequestValues = {
      question: textIn(element, 'question'),
      fields: JSON.stringify(definitionsOf(drafts)),
      expiresIn: textIn(element, 'expiresIn'),
      repliesAllowed: textIn(element, 'repliesAllowed'),
      ...chosenReaders(new FormData(element), colleagues),
    };
    const found = checkNewRequest(values);
    edited.forget();
    setErrors(found);
    if (Object.keys(found).length === 0) onSubmit(values);
  };
  const errorOf = (field: keyof CreateErrors) =>
    edited.has(field) ? undefined : errors[field] && refusals[errors[field]];

  return (
    <form
      ref={form}
      method="dialog"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // Enter in a field sends, too, and the fields take no focus while it is under way.
        button.current?.focus();
        submit(event.currentTarget);
      }}
      onInput={edited.onInput}
      className="grid gap-6"
    >
      <div className="grid gap-6" inert={step !== null}>
        <TextArea
          id="request-question"
          name="question"
          label={words.question.label}
          hint={words.question.hint}
          error={errorOf('question')}
          rows={3}
          maxLength={MAX_QUESTION_LENGTH}
          required
        />
        <RequestedFieldsEditor
          drafts={drafts}
          onChange={setDrafts}
          isRefused={errors.fields !== undefined}
        />
        <Select
          id="request-expires"
          name="expiresIn"
          label={words.expiresIn}
          error={errorOf('expiresIn')}
          defaultValue={usualOf(lifetimes)}
          options={expiryOptions(lifetimes)}
          className="sm:max-w-64"
        />
        <TextField
          id="request-replies"
          name="repliesAllowed"
          label={words.repliesAllowed.label}
          hint={words.repliesAllowed.hint}
          error={errorOf('repliesAllowed')}
          type="number"
          min={1}
          max={MAX_REPLIES}
          inputMode="numeric"
          defaultValue={DEFAULT_REPLIES}
          className="sm:max-w-32"
        />
        <ReadersChoice colleagues={colleagues} hasMail={hasMail} />
      </div>
      <div role="alert" className="empty:hidden">
        {problem !== undefined && (
          <Notice tone="danger">
            <p>{problem}</p>
            <p>{trouble === 'page_outdated' ? words.reload : words.retry}</p>
          </Notice>
        )}
      </div>
      <div>
        <Button
          ref={button}
          type="submit"
          variant="primary"
          pending={step !== null}
          pendingText={words.submitting}
        >
          {words.submit}
        </Button>
      </div>
      {step !== null && <Working key={step} label={words.steps[step]} />}
    </form>
  );
}

function textIn(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === 'string' ? value : '';
}
