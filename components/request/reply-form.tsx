import { useCallback, useRef, useState, type ReactNode } from 'react';
import { FieldValues } from '@/components/fields/field-values';
import { SecretForm, type SentBy } from '@/components/form/secret-form';
import type { ShownErrors } from '@/components/form/use-shown-errors';
import { ANYWAY, EmptyFieldsQuestion } from '@/components/request/empty-fields-question';
import { valueId, VALUES_ID } from '@/components/request/reply-errors';
import { QUESTION_ID } from '@/components/request/reply-intro';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import type { WorkingProps } from '@/components/secret/working';
import { FieldError } from '@/components/ui/field';
import { emptyFields } from '@/lib/secrets/empty-fields';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { reply } from '@/messages/en/reply';

export interface ReplyFormProps {
  readonly fields: readonly FieldDefinition[];
  readonly sent: SentBy;
  readonly errors: ShownErrors;
  /** Why it failed as a whole, and what helps. */
  readonly problem: ReactNode;
  /** What is being done; null while nothing is. */
  readonly step: WorkingProps | null;
  /** Whether the key was checked that seals what is typed. */
  readonly isReady?: boolean;
  /** What a script does; without one the form posts itself. */
  readonly onSubmit?: (values: readonly string[]) => void;
  /** Stands between the fields and the button. */
  readonly children?: ReactNode;
}

const FREE: readonly FieldDefinition[] = [{ label: reply.free.label, kind: 'multiline' }];

/** One labelled control for each field that was asked for. What was left empty is asked about once. */
export function ReplyForm({ fields, errors, onSubmit, children, ...shell }: ReplyFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const asked = fields.length === 0 ? FREE : fields;
  const error = errors.errorOf(VALUES_ID);

  const readValues = useCallback(
    () => (form.current === null ? [] : valuesIn(form.current, asked.length)),
    [asked.length],
  );
  useLeaveGuard(useCallback(() => readValues().some((value) => value !== ''), [readValues]));

  const [questioned, setQuestioned] = useState<readonly string[] | null>(null);
  const submit = (isMeant: boolean) => {
    const values = readValues();
    const empty = emptyFields(asked, values);
    // A reply that says nothing, or lacks what is required, is refused rather than asked about.
    const isRefused = empty.length === asked.length || empty.some(({ required }) => required);
    const asks = !isMeant && !isRefused && empty.length > 0;
    setQuestioned(asks ? empty.map(({ label }) => label) : null);
    if (!asks) onSubmit?.(values);
  };

  return (
    <SecretForm
      {...shell}
      ref={form}
      errors={errors}
      button={{ children: reply.submit, pendingText: reply.submitting }}
      between={children}
      onSubmit={(_, { submitter }) =>
        submit(submitter instanceof HTMLButtonElement && submitter.value === ANYWAY)
      }
      after={
        questioned && (
          <EmptyFieldsQuestion
            labels={questioned}
            onBack={() => {
              setQuestioned(null);
              focusFirstEmpty(form.current);
            }}
          />
        )
      }
    >
      <fieldset
        aria-labelledby={QUESTION_ID}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error && `${VALUES_ID}-error`}
        className="grid min-w-0 gap-6"
        onInput={() => {
          errors.answer(VALUES_ID);
          setQuestioned(null);
        }}
      >
        <FieldValues fields={asked} idPrefix={VALUES_ID} errorOf={errors.errorOf} />
        <FieldError id={VALUES_ID} error={error} />
      </fieldset>
    </SecretForm>
  );
}

function focusFirstEmpty(form: HTMLFormElement | null): void {
  const controls = form?.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    `[id^="${VALUES_ID}-"]:is(input, textarea)`,
  );
  [...(controls ?? [])].find(({ value }) => value.trim() === '')?.focus();
}

function valuesIn(form: HTMLFormElement, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const control = form.querySelector(`#${valueId(index)}`);
    return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
      ? control.value
      : '';
  });
}
