import { CalmPage } from '@/components/site/calm-page';
import { Button } from '@/components/ui/button';
import { LinkButton } from '@/components/ui/link-button';
import { common } from '@/messages/en/common';

const words = common.error;

/** 'Nothing was lost, try again': for failures that are nobody's doing. */
export function ErrorNotice({ onRetry }: { readonly onRetry: () => void }) {
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
      <p role="alert">{words.text}</p>
    </CalmPage>
  );
}
