import type { Metadata } from 'next';
import { savePolicy } from '@/app/(staff)/settings/policies/actions';
import { OwnersOnly } from '@/components/settings/owners-only';
import { PolicyForm } from '@/components/settings/policy-form';
import { PageHeading } from '@/components/ui/page-heading';
import { findOwner } from '@/lib/server/accounts/find-owner';
import { readPolicy } from '@/lib/server/accounts/sending-policy';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.policies.heading };

/** For owners: what may be sent, and by whom. */
export default async function PoliciesPage() {
  const owner = await findOwner('/settings/policies');
  if (owner === null) return <OwnersOnly />;
  return (
    <div className="grid gap-8">
      <PageHeading lead={settings.policies.lead}>{settings.policies.heading}</PageHeading>
      <PolicyForm policy={await readPolicy()} savePolicy={savePolicy} />
    </div>
  );
}
