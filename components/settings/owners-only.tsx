import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import { settings } from '@/messages/en/settings';

/** Instead of a page that a member may not see. */
export function OwnersOnly() {
  const { heading, text, back } = settings.ownersOnly;
  return (
    <CalmPage heading={heading} actions={<LinkButton href="/settings">{back}</LinkButton>}>
      <p>{text}</p>
    </CalmPage>
  );
}
