'use client';

import { useActionState, type ReactNode } from 'react';
import { useShownErrors, type FormErrors } from '@/components/form/use-shown-errors';
import { replyErrors, ReplyForm } from '@/components/request/reply-form';
import { ReplyCalm, ReplyIntro, ReplySent } from '@/components/request/reply-states';
import { useReply } from '@/components/request/use-reply';
import { CalmPage } from '@/components/site/calm-page';
import { Checkbox } from '@/components/ui/choice';
import { Notice } from '@/components/ui/notice';
import type {
  AskedFor,
  ReplyFormState,
  ReplyResult,
  RequestPageState,
} from '@/lib/requests/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyPageProps {
  readonly linkToken: string;
  /** Made with the page: a form that arrives twice makes one reply. */
  readonly nonce: string;
  readonly look: RequestPageState;
  /** The server actions of this page. */
  readonly actions: {
    readonly replyOnServer: (previous: ReplyFormState, form: FormData) => Promise<ReplyFormState>;
    readonly storeSealedReply: (form: FormData) => Promise<ReplyResult>;
  };
}

const IDLE: ReplyFormState = { status: 'idle' };
const NO_ERRORS: FormErrors = {};

/**
 * The page behind a request's link. The form that posts itself is there for a
 * browser that runs no script; any other seals here, once it has checked the key.
 */
export function ReplyPage({ linkToken, nonce, look, actions }: ReplyPageProps) {
  const [posted, formAction] = useActionState(actions.replyOnServer, IDLE);
  if (posted.status === 'sent') return <ReplySent sent={posted} arrives={false} />;
  if (look.status !== 'open') return <ReplyCalm look={look} posted={posted} />;
  const { asked } = look;
  return (
    <ReplyHere
      linkToken={linkToken}
      asked={asked}
      storeSealedReply={actions.storeSealedReply}
      otherwise={
        <ReplyOnServer posted={posted} action={formAction} asked={asked}>
          <input type="hidden" name="token" value={linkToken} />
          <input type="hidden" name="nonce" value={nonce} />
        </ReplyOnServer>
      }
    />
  );
}

interface ReplyHereProps {
  readonly linkToken: string;
  readonly asked: AskedFor;
  readonly storeSealedReply: ReplyPageProps['actions']['storeSealedReply'];
  /** The form of a browser that runs no script. */
  readonly otherwise: ReactNode;
}

/** Replying with a script: nothing can be sent before the key was checked against the link. */
function ReplyHere({ linkToken, asked, storeSealedReply, otherwise }: ReplyHereProps) {
  const { check, result, step, ...work } = useReply(linkToken, asked, storeSealedReply);
  const errors = useShownErrors(work.errors);

  if (result?.status === 'sent') return <ReplySent sent={result} arrives />;
  if (result?.status === 'unknown') return <ReplyCalm look={result} posted={null} />;
  switch (check.kind) {
    case 'mismatch':
      return (
        <CalmPage key="mismatch" arrives heading={reply.mismatch.heading}>
          <Notice tone="danger" role="alert">
            <p>{reply.mismatch.text}</p>
          </Notice>
          <p>{reply.mismatch.next}</p>
        </CalmPage>
      );
    case 'incomplete':
    case 'altered':
    case 'needsHttps':
      return (
        <CalmPage key={check.kind} arrives heading={reply[check.kind].heading}>
          <p>{reply[check.kind].text}</p>
        </CalmPage>
      );
    case 'checking':
    case 'failed':
    case 'matches':
      return (
        <div className="grid gap-8">
          <ReplyIntro asked={asked} />
          <ReplyForm
            fields={asked.fields}
            sent={{ by: 'script', otherwise }}
            isReady={check.kind === 'matches'}
            errors={errors}
            problem={problemOf(check.kind === 'failed', work)}
            step={step && { label: reply.steps[step] }}
            onSubmit={(values) => void work.send(values)}
          />
        </div>
      );
  }
}

function problemOf(
  hasNoKey: boolean,
  { trouble, errors }: Pick<ReturnType<typeof useReply>, 'trouble' | 'errors'>,
): ReactNode {
  const code = hasNoKey ? 'no_answer' : trouble;
  const refusal = errors['form'];
  const text = code === null ? refusal && refusals[refusal] : troubles[code];
  return (
    text && (
      <>
        <p>{text}</p>
        <p>{hasNoKey || code === 'page_outdated' ? reply.reload : reply.retry}</p>
      </>
    )
  );
}

interface ReplyOnServerProps {
  readonly asked: AskedFor;
  readonly posted: ReplyFormState;
  readonly action: (form: FormData) => void;
  /** What tells the server which reply this is. */
  readonly children: ReactNode;
}

/** Replying without a script: the form posts itself, and the server seals what it gets at once. */
function ReplyOnServer({ asked: { fields }, posted, action, children }: ReplyOnServerProps) {
  const isRefused = posted.status === 'refused';
  const errors = useShownErrors(isRefused ? replyErrors(posted.refusal) : NO_ERRORS);
  const refusal = errors.codeOf('form');
  return (
    <ReplyForm
      fields={fields}
      sent={{ by: 'browser', action }}
      errors={errors}
      problem={refusal && <p>{refusals[refusal]}</p>}
      step={null}
    >
      {children}
      {fields.some(({ required }) => !required) && (
        <Checkbox
          id="reply-may-be-partial"
          name="mayBePartial"
          value="yes"
          label={reply.empty.box}
          hint={reply.empty.boxHint}
        />
      )}
      {isRefused && <Notice>{reply.retype}</Notice>}
    </ReplyForm>
  );
}
