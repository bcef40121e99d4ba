'use client';

import { usePathname } from 'next/navigation';
import { currentOf } from '@/components/account/current-of';
import type { Role } from '@/lib/accounts/outcomes';
import { settings } from '@/messages/en/settings';

const words = settings.navigation;

/** All the others are below it. */
const FIRST = '/settings';

const OWN = [
  [FIRST, words.you],
  ['/settings/security', words.security],
] as const;

const OF_OWNERS = [
  ['/settings/members', words.members],
  ['/settings/policies', words.policies],
] as const;

/** The pages of the settings; a member has none of an owner's to see. */
export function SettingsNavigation({ role }: { readonly role: Role }) {
  const pathname = usePathname();
  const links = role === 'OWNER' ? [...OWN, ...OF_OWNERS] : OWN;
  return (
    <nav aria-label={words.label} className="flex flex-wrap gap-x-5">
      {links.map(([href, label]) => (
        <a
          key={href}
          href={href}
          className="quiet-link"
          aria-current={
            href === FIRST && pathname !== FIRST ? undefined : currentOf(pathname, href)
          }
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
