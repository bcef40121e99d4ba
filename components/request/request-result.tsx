import { LinkBox } from '@/components/request/link-box';
import type { Created } from '@/components/request/use-new-request';
import { ArrivingHeading } from '@/components/secret/arriving-heading';
import { WithTime } from '@/components/secret/with-time';
import { Seal } from '@/components/site/seal';
import { Button } from '@/components/ui/button';
import { requests } from '@/messages/en/requests';

const words = requests.result;

export interface RequestResultProps {
  /** With the whole link, fragment included. */
  readonly created: Created;
  readonly onAnother: () => void;
}

/** The link, ways to send it, and where the replies will be. */
export function RequestResult({ created, onAnother }: RequestResultProps) {
  return (
    <div className="grid gap-7">
      <div className="grid gap-4">
        <Seal state="closed" moves className="size-14" />
        <ArrivingHeading arrives lead={words.lead}>
          {words.heading}
        </ArrivingHeading>
      </div>
      <LinkBox link={created.link} question={created.question} expiresAt={created.expiresAt} />
      <div className="grid gap-2">
        <p>
          <WithTime sentence={words.expires} at={created.expiresAt} />
        </p>
        <p className="text-muted">{words.whole}</p>
      </div>
      <p>
        <a href={`/requests/${created.id}`} className="inline-flex min-h-11 items-center">
          {words.inbox}
        </a>
      </p>
      <div>
        <Button onClick={onAnother}>{words.another}</Button>
      </div>
    </div>
  );
}
