import type { Metadata } from 'next';
import { connection } from 'next/server';
import { readOwnVault, signUp } from '@/app/(account)/actions';
import { SignUpForm } from '@/components/account/sign-up-form';
import { CalmPage } from '@/components/site/calm-page';
import { RefusedPage } from '@/components/site/refused-page';
import { LinkButton } from '@/components/ui/button';
import { hasNoAccount } from '@/lib/accounts/sign-up';
import { processContext } from '@/lib/server/context';
import { readForPage } from '@/lib/server/read-for-page';
import { account } from '@/messages/en/account';

export const metadata: Metadata = { title: account.signUp.title };

/** The first account makes itself; later ones need an invitation. */
export default async function SignUpPage() {
  await connection();
  const words = account.signUp;
  const isEmpty = await readForPage('sign-up page', () => hasNoAccount(processContext()));
  if ('refusal' in isEmpty) {
    return <RefusedPage heading={words.title} refusal={isEmpty.refusal} />;
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
