import { ReplyForm } from '@/components/request/reply-form';
import { ReplyIntro } from '@/components/request/reply-intro';
import type { ReplyActions } from '@/components/request/reply-actions';
import { ReplyCalm } from '@/components/request/reply-calm';
import { ReplySent } from '@/components/request/reply-sent';
import { useKeyCheck } from '@/components/request/use-key-check';
import { useReply } from '@/components/request/use-reply';
import { CalmMessage } from '@/components/secret/calm-message';
import { Working } from '@/components/secret/working';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { AskedFor } from '@/lib/requests/outcomes';
import { troubles } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyHereProps {
  readonly linkToken: string;
  readonly asked: AskedFor;
  readonly actions: Pick<ReplyActions, 'storeSealedReply'>;
}

/** Replying with a script: nothing can be typed before the key was checked against the link. */
export function ReplyHere({ linkToken, asked, actions }: ReplyHereProps) {
  const check = useKeyCheck(asked);
  const { result, step, trouble, send } = useReply(linkToken, asked.fields, actions);

  if (result?.status === 'sent') return <ReplySent sent={result} arrives />;
  if (result?.status === 'unknown') return <ReplyCalm look={result} posted={null} />;
  switch (check.kind) {
    case 'matches':
      return (
        <div className="grid gap-8">
          <ReplyIntro asked={asked} sealsHere arrives={false} />
          <ReplyForm
            fields={asked.fields}
            refusal={result?.refusal ?? null}
            problem={
              trouble === null
                ? null
                : {
                    text: troubles[trouble],
                    remedy: trouble === 'page_outdated' ? reply.reload : reply.retry,
                  }
            }
            isBusy={step !== null}
            onSubmit={(values) => void send(check.publicKey, values)}
          >
            {step !== null && <Working key={step} label={reply.steps[step]} />}
          </ReplyForm>
        </div>
      );
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
    case 'needsHttps':
      return (
        <CalmMessage key={check.kind} arrives heading={reply[check.kind].heading}>
          <p>{reply[check.kind].text}</p>
        </CalmMessage>
      );
    case 'checking':
      return (
        <CalmMessage key="checking" arrives={false} seal="closed" heading={reply.checking.heading}>
          <p>{reply.checking.text}</p>
        </CalmMessage>
      );
    case 'failed':
      return (
        <CalmMessage key="failed" arrives seal="closed" heading={reply.failed.heading}>
          <p role="alert">{troubles.no_answer}</p>
          <div>
            <Button onClick={() => location.reload()}>{reply.failed.retry}</Button>
          </div>
        </CalmMessage>
      );
  }
}
