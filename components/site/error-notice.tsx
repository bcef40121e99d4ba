import { CalmPage } from '@/components/site/calm-page';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { common } from '@/messages/en/common';

const words = common.error;

export interface ErrorNoticeProps {
  /** The framework marks what the server threw with a digest; the rest happened in this browser. */
  readonly error: Error & { readonly digest?: string };
  readonly onRetry: () => void;
}

/** Says to try again: for failures that are nobody's doing. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  return (
    <CalmPage
      heading={words.heading}
      actions={
        <>
          <Button variant="primary" onClick={onRetry}>
            {words.retry}
          </Button>
          <LinkButton href="/">{words.home}</LinkButton>
        </>
      }
    >
      <p role="alert">{error.digest === undefined ? words.textHere : words.text}</p>
    </CalmPage>
  );
}
