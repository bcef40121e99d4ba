import { CalmMessage } from '@/components/secret/calm-message';
import { UnknownMessage } from '@/components/secret/unknown-message';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ReplyFormState, RequestPageState } from '@/lib/requests/outcomes';
import { refusals } from '@/messages/en/errors';
import { reply } from '@/messages/en/reply';

export interface ReplyCalmProps {
  readonly look: Exclude<RequestPageState, { status: 'open' }>;
  /** What a form that posted itself has come to. */
  readonly posted: ReplyFormState | null;
}

/** A link to which nothing can be sent, and why. */
export function ReplyCalm({ look, posted }: ReplyCalmProps) {
  const isHydrated = useHydrated();
  switch (look.status) {
    case 'unknown':
      return (
        <UnknownMessage words={reply.unknown} arrives={posted === null}>
          <p>{reply.unknown.next}</p>
        </UnknownMessage>
      );
    case 'refused':
      return (
        <CalmMessage arrives={false} seal="closed" heading={reply.failed.heading}>
          <p>{refusals[look.refusal]}</p>
          {isHydrated && (
            <div>
              <Button onClick={() => location.reload()}>{reply.failed.retry}</Button>
            </div>
          )}
        </CalmMessage>
      );
    default: {
      const words = reply[look.status];
      return (
        <CalmMessage arrives={false} heading={words.heading}>
          {posted?.status === 'refused' && (
            <Notice tone="danger" role="alert">
              <p>{refusals[posted.refusal]}</p>
            </Notice>
          )}
          <p>{words.text}</p>
          <p>{words.next}</p>
        </CalmMessage>
      );
    }
  }
}
