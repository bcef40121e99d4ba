import type { Metadata } from 'next';
import { confirmEmail } from '@/app/(account)/email/[token]/actions';
import { ConfirmEmailForm } from '@/components/account/confirm-email-form';
import { CalmPage } from '@/components/site/calm-page';
import { lookAtEmailChange } from '@/lib/accounts/change-email';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForPage } from '@/lib/server/read-for-page';
import { answerWith } from '@/lib/server/request-context';
import { account } from '@/messages/en/account';
import { refusals } from '@/messages/en/errors';

export const metadata: Metadata = { title: account.confirmEmail.title };

interface EmailPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

/** Showing it uses nothing up: a mail scanner may look. */
export default async function EmailPage({ params }: EmailPageProps) {
  const { token } = await params;
  const words = account.confirmEmail;
  const found = await readForPage('e-mail page', () => lookAtEmailChange(accountDesk(), token));
  if ('refusal' in found) {
    return <CalmPage heading={words.title}>{refusals[found.refusal]}</CalmPage>;
  }
  if (found.value === null) {
    answerWith(404);
    return (
      <CalmPage heading={words.unknown.heading}>
        <p>{words.unknown.text}</p>
      </CalmPage>
    );
  }
  return <ConfirmEmailForm token={token} email={found.value} confirmEmail={confirmEmail} />;
}
