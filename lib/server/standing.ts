import 'server-only';
import type { SendingPolicy } from '@/lib/accounts/sending-policy';
import { findStaff } from './accounts/current-staff';
import { readPolicy } from './accounts/sending-policy';
import { readForPage, type PageReading } from './read-for-page';
import { settings } from './settings';

export interface Standing {
  readonly staff: { readonly name: string } | null;
  readonly policy: SendingPolicy;
  readonly canMail: boolean;
}

/** Who is looking, and what they may send. Nothing in it is a secret, or somebody else's. */
export function lookAtStanding(): Promise<PageReading<Standing>> {
  return readForPage('standing', async () => {
    const [staff, policy] = await Promise.all([findStaff(), readPolicy()]);
    return {
      staff: staff === null ? null : { name: staff.name },
      policy,
      canMail: settings().mail !== null,
    };
  });
}
