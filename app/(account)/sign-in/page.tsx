import type { Metadata } from 'next';
import { connection } from 'next/server';
import { findPasswordSalt, readOwnVault } from '@/app/(account)/actions';
import { SignInForm } from '@/components/account/sign-in-form';
import { SignedOut } from '@/components/account/signed-out';
import { RefusedPage } from '@/components/site/refused-page';
import { LinkButton } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/surface';
import { brand } from '@/lib/brand';
import { hasNoAccount } from '@/lib/accounts/sign-up';
import { processContext } from '@/lib/server/context';
import { findStaff } from '@/lib/server/accounts/current-staff';
import { readForPage } from '@/lib/server/read-for-page';
import { account } from '@/messages/en/account';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: account.signIn.title };

/** Where nobody can sign in yet it says so: an owner who looks for the door of a new site ends up here. */
export default async function SignInPage() {
  await connection();
  const words = account.signIn;
  const found = await readForPage('sign-in page', () =>
    Promise.all([hasNoAccount(processContext()), findStaff()]),
  );
  if ('refusal' in found) {
    return <RefusedPage heading={words.title} refusal={found.refusal} />;
  }
  const [isEmpty, staff] = found.value;
  return (
    <div className="grid gap-8">
      {staff === null && <SignedOut />}
      <PageHeading lead={fill(words.lead, { brand: brand.name })}>{words.heading}</PageHeading>
      {isEmpty && (
        <Notice heading={words.unowned.heading}>
          <p>{words.unowned.text}</p>
          <div className="actions">
            <LinkButton href="/sign-up">{words.unowned.signUp}</LinkButton>
          </div>
        </Notice>
      )}
      <SignInForm findPasswordSalt={findPasswordSalt} readOwnVault={readOwnVault} />
      <div className="grid gap-1">
        <p>
          <a className="quiet-link" href="/recover">
            {words.forgotten}
          </a>
        </p>
        {!isEmpty && (
          <p>
            <a className="quiet-link" href="/sign-up">
              {words.noAccount}
            </a>
          </p>
        )}
      </div>
    </div>
  );
}
