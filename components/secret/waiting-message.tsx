'use client';

import { useEffect, useRef, type ReactNode } from 'react';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { OpenProblemNotice } from '@/components/secret/open-problem-notice';
import type { OpenProblem, OpenStep } from '@/components/secret/open-problem';
import { useHydrated } from '@/components/secret/use-hydrated';
import { WithTime } from '@/components/secret/with-time';
import { Working } from '@/components/secret/working';
import { SealRule } from '@/components/site/seal-rule';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { IrreversibleForm } from '@/components/ui/irreversible-act';
import { TYPED_SECRET } from '@/components/ui/secret-attributes';
import { TextField } from '@/components/ui/text-field';
import { brand } from '@/lib/brand';
import { prepareStretching } from '@/lib/browser/stretch-passphrase';
import { WRONG_PASSPHRASE_LIMIT } from '@/lib/messages/policy';
import { open } from '@/messages/en/open';
import { fill } from '@/messages/fill';

export type Intent = 'open' | 'destroy';

export interface WaitingMessageProps {
  readonly heading: string;
  readonly lead: string;
  /** ISO 8601; null where the time no longer matters, because this tab repeats its claim. */
  readonly expiresAt: string | null;
  readonly needsPassphrase: boolean;
  readonly triesLeft: number | null;
  readonly problem: OpenProblem | null;
  readonly step: OpenStep | null;
  readonly arrives: boolean;
  readonly stretchesHere: boolean;
  /** Where the form posts itself without a script; nowhere for a browser seal. */
  readonly formAction?: ((form: FormData) => void) | undefined;
  readonly onSubmit: (intent: Intent, form: HTMLFormElement) => void;
  readonly onCancel: () => void;
  /** What both forms post besides: which message it is. */
  readonly hiddenFields?: ReactNode;
  /** Whether the page was posted, without a script, to ask about destroying. */
  readonly wasAsked?: boolean | undefined;
  /** Its address, for a page that works without a script. */
  readonly ownPath?: string | undefined;
  /** Where it is needed, the box to tick. */
  readonly children?: ReactNode;
}

const PASSPHRASE_ID = 'open-passphrase';

/** A card with one obvious thing to do. Nothing on it happens by itself. */
export function WaitingMessage(props: WaitingMessageProps) {
  const { heading, lead, expiresAt, problem, step, arrives } = props;
  return (
    <Card className="grid gap-6">
      <div className="grid gap-5">
        <SealRule state="closed" />
        <ArrivingHeading
          arrives={arrives}
          align="center"
          above={fill(open.from, { brand: brand.name })}
          lead={fill(lead, { brand: brand.name })}
        >
          {heading}
        </ArrivingHeading>
      </div>
      <OpenForm {...props} problem={problem} step={step} />
      {expiresAt !== null && (
        <p className="text-center text-sm text-muted">
          <WithTime sentence={open.waiting.until} at={expiresAt} />
        </p>
      )}
      {expiresAt !== null && (
        <IrreversibleForm
          className="border-t border-line pt-5 text-center"
          label={open.waiting.destroy}
          words={open.waiting.destroyQuestion}
          variant="plain"
          action={props.formAction}
          wasAsked={props.wasAsked ?? false}
          keepHref={props.ownPath}
          pending={step === 'destroying'}
          pendingText={open.waiting.destroying}
          onSubmit={(form) => props.onSubmit('destroy', form)}
        >
          {props.hiddenFields}
        </IrreversibleForm>
      )}
    </Card>
  );
}

function OpenForm({
  needsPassphrase,
  triesLeft,
  problem,
  step,
  stretchesHere,
  formAction,
  onSubmit,
  onCancel,
  hiddenFields,
  children,
}: WaitingMessageProps) {
  const words = open.waiting;
  const isHydrated = useHydrated();
  const form = useRef<HTMLFormElement>(null);
  const openButton = useRef<HTMLButtonElement>(null);
  const opens = step !== null && step !== 'destroying';

  useEffect(() => {
    if (problem === null) return;
    const field = problem.field === 'passphrase' ? document.getElementById(PASSPHRASE_ID) : null;
    (field ?? openButton.current)?.focus();
  }, [problem]);

  return (
    <form
      ref={form}
      // `dialog` posts nowhere: a browser seal's passphrase must not leave, whoever submits the form.
      {...(formAction === undefined ? { method: 'dialog' } : { action: formAction })}
      noValidate={isHydrated}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit('open', event.currentTarget);
      }}
      className="grid gap-5"
    >
      {needsPassphrase && (
        <TextField
          id={PASSPHRASE_ID}
          name="passphrase"
          label={words.passphrase.label}
          // A fresh error says how many tries are left; the hint need not repeat it.
          hint={hintFor(problem === null ? triesLeft : null)}
          error={problem?.field === 'passphrase' ? problem.text : undefined}
          mono
          required
          readOnly={step !== null}
          {...TYPED_SECRET}
          onFocus={stretchesHere ? prepareStretching : undefined}
        />
      )}
      {hiddenFields}
      {children}
      <OpenProblemNotice
        problem={problem}
        onRetry={() => form.current?.requestSubmit(openButton.current)}
      />
      <div className="grid gap-3">
        {/* The first submit button: what the Enter key presses. */}
        <Button
          ref={openButton}
          type="submit"
          name="intent"
          value="open"
          variant="primary"
          wide
          pending={opens}
          pendingText={words.opening}
        >
          {words.open}
        </Button>
        {step !== null && (
          <Working
            key={step}
            label={words.steps[step]}
            longLabel={step === 'stretching' ? words.stretchingLong : undefined}
            cancel={step === 'stretching' ? { label: words.cancel, onCancel } : undefined}
          />
        )}
      </div>
    </form>
  );
}

function hintFor(triesLeft: number | null): string {
  const { passphrase, fewTries, oneTry } = open.waiting;
  if (triesLeft === null || triesLeft >= WRONG_PASSPHRASE_LIMIT) return passphrase.hint;
  const tries = triesLeft === 1 ? oneTry : fill(fewTries, { count: triesLeft });
  return `${passphrase.hint} ${tries}`;
}
