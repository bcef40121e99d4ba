import type { Metadata } from 'next';
import { confirmEmail } from '@/app/(account)/email/[token]/actions';
import { tokenPage, type TokenPageProps } from '@/app/(account)/token-page';
import { ConfirmEmailForm } from '@/components/account/mail-forms';
import { lookAtEmailChange } from '@/lib/accounts/email-change';
import { account } from '@/messages/en/account';

export const metadata: Metadata = { title: account.confirmEmail.title };

export default async function EmailPage(props: TokenPageProps) {
  return tokenPage(props, {
    at: 'e-mail page',
    words: account.confirmEmail,
    look: lookAtEmailChange,
    show: (token, email, unknown) =>
      email === null ? (
        unknown
      ) : (
        <ConfirmEmailForm token={token} email={email} confirmEmail={confirmEmail} />
      ),
  });
}
