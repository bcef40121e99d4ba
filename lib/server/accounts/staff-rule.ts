import type { Staff } from '@/lib/accounts/ports';

/** Who may call: `member` is everybody who is signed in. */
export type StaffRule = 'member' | 'owner';

export function mayCall(rule: StaffRule, { role }: Pick<Staff, 'role'>): boolean {
  return rule === 'member' || role === 'OWNER';
}
