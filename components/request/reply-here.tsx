import type { ReactNode } from 'react';
import { useShownErrors } from '@/components/form/use-shown-errors';
import { ReplyForm } from '@/components/request/reply-form';
import { ReplyIntro } from '@/components/request/reply-intro';
import type { ReplyActions } from '@/components/request/reply-actions';
import { ReplyCalm } from '@/components/request/reply-calm';
import { ReplySent } from '@/components/request/reply-sent';
import { useKeyCheck, type CheckedKey } from '@/components/request/use-key-check';
import { useReply } from '@/components/request/use-reply';
import { CalmMessage } from '@/components/secret/calm-message';
import type { ShownTrouble } from '@/components/secret/use-work';
import { Notice } from '@/components/ui/notice';
import type { RefusalCode } from '@/lib/refusal-code';
import type { AskedFor } from '@/lib/requests/outcomes';
import { refusals, troubles } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyHereProps {
  readonly linkToken: string;
  readonly asked: AskedFor;
  readonly actions: Pick<ReplyActions, 'storeSealedReply'>;
  /** The form of a browser that runs no script. */
  readonly otherwise: ReactNode;
}

/** Replying with a script: nothing can be sent before the key was checked against the link. */
export function ReplyHere({ linkToken, asked, actions, otherwise }: ReplyHereProps) {
  const check = useKeyCheck(asked);
  const { result, errors, step, trouble, send } = useReply(linkToken, asked.fields, actions);
  const shownErrors = useShownErrors(errors);

  if (result?.status === 'sent') return <ReplySent sent={result} arrives />;
  if (result?.status === 'unknown') return <ReplyCalm look={result} posted={null} />;
  switch (check.kind) {
    case 'mismatch':
      return (
        <CalmMessage key="mismatch" arrives heading={reply.mismatch.heading}>
          <Notice tone="danger" role="alert">
            <p>{reply.mismatch.text}</p>
          </Notice>
          <p>{reply.mismatch.next}</p>
        </CalmMessage>
      );
    case 'incomplete':
    case 'altered':
    case 'needsHttps':
      return (
        <CalmMessage key={check.kind} arrives heading={reply[check.kind].heading}>
          <p>{reply[check.kind].text}</p>
        </CalmMessage>
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
            errors={shownErrors}
            problem={problemOf(check, trouble, errors['form'])}
            step={step && { label: reply.steps[step] }}
            onSubmit={(values) => {
              if (check.kind === 'matches') void send(check.publicKey, values);
            }}
          />
        </div>
      );
  }
}

function problemOf(
  check: CheckedKey,
  trouble: ShownTrouble | null,
  refusal: RefusalCode | undefined,
): ReactNode {
  const hasNoKey = check.kind === 'failed';
  const code = hasNoKey ? 'no_answer' : trouble;
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
