import type { Metadata } from 'next';
import { findPasswordSalt, readOwnVault } from '@/app/(account)/actions';
import { SignInForm } from '@/components/account/sign-in-form';
import { PageHeading } from '@/components/ui/page-heading';
import { brand } from '@/lib/brand';
import { account } from '@/messages/en/account';
import { fill } from '@/messages/fill';

export const metadata: Metadata = { title: account.signIn.title };

/** Prerendered: nothing on it depends on who asks. */
export default function SignInPage() {
  const words = account.signIn;
  return (
    <div className="grid gap-8">
      <PageHeading lead={fill(words.lead, { brand: brand.name })}>{words.heading}</PageHeading>
      <SignInForm findPasswordSalt={findPasswordSalt} readOwnVault={readOwnVault} />
      <div className="grid gap-1">
        <p>
          <a className="quiet-link" href="/recover">
            {words.forgotten}
          </a>
        </p>
        <p>
          <a className="quiet-link" href="/sign-up">
            {words.noAccount}
          </a>
        </p>
      </div>
    </div>
  );
}
