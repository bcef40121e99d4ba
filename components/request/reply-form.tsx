import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { FieldValues } from '@/components/fields/field-values';
import { useLeaveGuard } from '@/components/secret/use-leave-guard';
import { Button } from '@/components/ui/button';
import { FieldError } from '@/components/ui/field';
import { Notice } from '@/components/ui/notice';
import type { RefusalCode } from '@/lib/refusal-code';
import type { FieldDefinition } from '@/lib/secrets/field-rules';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyFormProps {
  readonly fields: readonly FieldDefinition[];
  readonly refusal: RefusalCode | null;
  /** Why it failed otherwise, and what helps. */
  readonly problem: { readonly text: string; readonly remedy: string } | null;
  readonly isBusy: boolean;
  /** Without a script the form posts itself; with one, `onSubmit` does the work. */
  readonly action?: ((form: FormData) => void) | undefined;
  readonly onSubmit?: ((values: readonly string[]) => void) | undefined;
  /** Says that everything typed has been sent. */
  readonly children?: ReactNode;
}

/** Refusals that the person can mend in the first box. */
const OF_THE_FIRST_FIELD: readonly RefusalCode[] = ['reply_missing', 'reply_too_large'];

const VALUES_ID = 'reply';

const FREE: readonly FieldDefinition[] = [{ label: reply.free.label, kind: 'multiline' }];

/** One labelled control for each field that was asked for. */
export function ReplyForm(props: ReplyFormProps) {
  const { fields, refusal, problem, isBusy, action, onSubmit, children } = props;
  const form = useRef<HTMLFormElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const isFree = fields.length === 0;
  const asked = isFree ? FREE : fields;
  const isOfField = refusal !== null && OF_THE_FIRST_FIELD.includes(refusal);
  const shownProblem =
    problem ??
    (refusal === null || isOfField ? null : { text: refusals[refusal], remedy: reply.retry });
  const hasProblem = shownProblem !== null;

  const readValues = useCallback(
    () => (form.current === null ? [] : valuesIn(form.current, asked.length)),
    [asked.length],
  );
  useLeaveGuard(useCallback(() => readValues().some((value) => value !== ''), [readValues]));

  useEffect(() => {
    if (isOfField) document.getElementById(`${VALUES_ID}-0`)?.focus();
    // The boxes were inert meanwhile and lost the focus; the button is where to try again.
    else if (hasProblem) button.current?.focus();
  }, [isOfField, hasProblem]);

  return (
    <form
      ref={form}
      // `dialog` posts nowhere: what is typed must not leave unsealed, whoever submits the form.
      {...(action === undefined ? { method: 'dialog' } : { action })}
      onSubmit={
        onSubmit === undefined
          ? undefined
          : (event) => {
              event.preventDefault();
              onSubmit(readValues());
            }
      }
      className="grid gap-6"
    >
      <div className="grid gap-6" inert={isBusy}>
        <FieldValues fields={asked} idPrefix={VALUES_ID} />
        {isOfField && <FieldError id={VALUES_ID} error={refusals[refusal]} />}
      </div>
      <div role="alert" className="empty:hidden">
        {shownProblem !== null && (
          <Notice tone="danger">
            <p>{shownProblem.text}</p>
            <p>{shownProblem.remedy}</p>
          </Notice>
        )}
      </div>
      <div>
        <Button
          ref={button}
          type="submit"
          variant="primary"
          pending={isBusy}
          pendingText={reply.submitting}
        >
          {reply.submit}
        </Button>
      </div>
      {children}
    </form>
  );
}

function valuesIn(form: HTMLFormElement, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const control = form.querySelector(`#${VALUES_ID}-${String(index)}`);
    return control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement
      ? control.value
      : '';
  });
}
