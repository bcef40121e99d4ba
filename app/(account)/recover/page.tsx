import type { Metadata } from 'next';
import { connection } from 'next/server';
import { askForRecovery } from '@/app/(account)/recover/actions';
import { AskRecoveryForm } from '@/components/account/mail-forms';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/button';
import { processContext } from '@/lib/server/context';
import { recovery } from '@/messages/en/recovery';

export const metadata: Metadata = { title: recovery.title };

/** Rendered for each request, since a setting decides whether there is mail. */
export default async function RecoverPage() {
  await connection();
  if (processContext().sendsMail) return <AskRecoveryForm askForRecovery={askForRecovery} />;
  const { heading, text } = recovery.noMail;
  return (
    <CalmPage
      heading={heading}
      actions={<LinkButton href="/sign-in">{recovery.ask.back}</LinkButton>}
    >
      <p>{text}</p>
    </CalmPage>
  );
}
