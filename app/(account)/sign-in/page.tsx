import type { Metadata } from 'next';
import { connection } from 'next/server';
import { findPasswordSalt, readOwnVault } from '@/app/(account)/actions';
import { ForgetVault } from '@/components/account/forget-vault';
import { PartingNotice } from '@/components/account/parting-notice';
import { SignInForm } from '@/components/account/sign-in-form';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeading } from '@/components/ui/page-heading';
import { brand } from '@/lib/brand';
import { accountDesk } from '@/lib/server/accounts/account-desk';
import { findStaff } from '@/lib/server/accounts/current-staff';
import { readForPage } from '@/lib/server/read-for-page';
import { account } from '@/messages/en/account';
import { refusals } from '@/messages/en/errors';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: account.signIn.title };

/** Where nobody can sign in yet it says so: an owner who looks for the door of a new site ends up here. */
export default async function SignInPage() {
  await connection();
  const words = account.signIn;
  const found = await readForPage('sign-in page', () =>
    Promise.all([accountDesk().store.isEmpty(), findStaff()]),
  );
  if ('refusal' in found) {
    return <CalmPage heading={words.title}>{refusals[found.refusal]}</CalmPage>;
  }
  const [isEmpty, staff] = found.value;
  return (
    <div className="grid gap-8">
      {staff === null && (
        <>
          <ForgetVault />
          <PartingNotice />
        </>
      )}
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
