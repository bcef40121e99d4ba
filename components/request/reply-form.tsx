import { useCallback, useRef, useState, type ReactNode } from 'react';
import { FieldValues } from '@/components/fields/field-values';
import { SecretForm, type SecretFormProps } from '@/components/form/secret-form';
import type { FormErrors } from '@/components/form/use-shown-errors';
import { listNames } from '@/components/request/person-label';
import { QUESTION_ID } from '@/components/request/reply-states';
import { useLeaveGuard } from '@/components/form/use-work';
import { FieldError } from '@/components/ui/field';
import { Question } from '@/components/ui/question';
import type { RefusalCode } from '@/lib/refusal-code';
import { emptyFields, type FieldDefinition } from '@/lib/secrets/field-rules';
import { reply } from '@/messages/en/reply';
import { fill } from '@/messages/fill';

export interface ReplyFormProps extends Pick<
  SecretFormProps,
  'sent' | 'errors' | 'problem' | 'step' | 'isReady'
> {
  readonly fields: readonly FieldDefinition[];
  /** What a script does; without one the form posts itself. */
  readonly onSubmit?: (values: readonly string[]) => void;
  /** Stands between the fields and the button. */
  readonly children?: ReactNode;
}

/** Of all boxes together, where errors are told apart. */
const VALUES_ID = 'reply';

/** Of the box for a field. @param index from 0 */
export const valueId = (index: number): string => `${VALUES_ID}-${String(index)}`;

/** Refusals that the client can mend in a box. */
const OF_THE_VALUES: readonly RefusalCode[] = ['reply_missing', 'reply_too_large'];

/** Where the form shows why a reply was refused. */
export function replyErrors(refusal: RefusalCode): FormErrors {
  return { [OF_THE_VALUES.includes(refusal) ? VALUES_ID : 'form']: refusal };
}

const FREE: readonly FieldDefinition[] = [{ label: reply.free.label, kind: 'multiline' }];

/** The value of the button that sends all the same. */
const ANYWAY = 'anyway';

/**
 * One labelled control for each field that was asked for. What was left empty is asked about once,
 * since this may be the only reply that the link takes.
 */
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

  const { question, anyway, back } = reply.empty;
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
          <Question
            words={{
              question: fill(question, { fields: listNames(questioned) }),
              confirm: anyway,
              keep: back,
            }}
            type="submit"
            name="intent"
            value={ANYWAY}
            onKeep={() => {
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
