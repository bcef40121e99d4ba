import type { Metadata } from 'next';
import { connection } from 'next/server';
import { readOwnVault, signUp } from '@/app/(account)/actions';
import { SignUpForm } from '@/components/account/sign-up-form';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { readForPage } from '@/lib/server/read-for-page';
import { account } from '@/messages/en/account';
import { refusals } from '@/messages/en/errors';

export const metadata: Metadata = { title: account.signUp.title };

/** The first account makes itself; later ones need an invitation. */
export default async function SignUpPage() {
  await connection();
  const words = account.signUp;
  const isEmpty = await readForPage('sign-up page', () => accountDesk().store.isEmpty());
  if ('refusal' in isEmpty) {
    return <CalmPage heading={words.title}>{refusals[isEmpty.refusal]}</CalmPage>;
  }
  if (!isEmpty.value) {
    return (
      <CalmPage
        heading={words.needed.heading}
        actions={<LinkButton href="/sign-in">{words.signInInstead}</LinkButton>}
      >
        <p>{words.needed.text}</p>
      </CalmPage>
    );
  }
  return (
    <SignUpForm
      heading={words.ownerHeading}
      lead={words.ownerLead}
      actions={{ signUp, readOwnVault }}
      invitation={null}
    />
  );
}
