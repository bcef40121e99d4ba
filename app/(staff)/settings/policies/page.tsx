import type { Metadata } from 'next';
import { savePolicy } from '@/app/(staff)/settings/policies/actions';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { PolicyForm } from '@/components/settings/policy-form';
import { PageHeading } from '@/components/ui/surface';
import { readPolicy } from '@/lib/sealed/sending';
import { readForStaff } from '@/lib/server/accounts/staff-page';
import { database } from '@/lib/server/database';
import { settings } from '@/messages/en/settings';

export const metadata: Metadata = { title: settings.policies.heading };

const PATH = '/settings/policies';

/** For owners: what may be sent, and by whom. */
export default async function PoliciesPage() {
  const found = await readForStaff(PATH, 'owner', () => readPolicy(database()));
  if ('refusal' in found) return <StaffPageRefused refusal={found.refusal} path={PATH} />;
  return (
    <div className="grid gap-8">
      <PageHeading lead={settings.policies.lead}>{settings.policies.heading}</PageHeading>
      <PolicyForm policy={found.value} savePolicy={savePolicy} />
    </div>
  );
}
