'use client';

import { usePathname } from 'next/navigation';
import type { Role } from '@/lib/accounts/outcomes';
import { settings } from '@/messages/en/settings';

const words = settings.navigation;

const OWN = [
  ['/settings', words.you],
  ['/settings/security', words.security],
] as const;

const OF_OWNERS = [
  ['/settings/members', words.members],
  ['/settings/policies', words.policies],
] as const;

/** `true` stands for a page below it; they all are below the first. */
function currentOf(pathname: string, href: string): 'page' | 'true' | undefined {
  if (pathname === href) return 'page';
  return href !== '/settings' && pathname.startsWith(`${href}/`) ? 'true' : undefined;
}

/** The pages of the settings; a member has none of an owner's to see. */
export function SettingsNavigation({ role }: { readonly role: Role }) {
  const pathname = usePathname();
  const links = role === 'OWNER' ? [...OWN, ...OF_OWNERS] : OWN;
  return (
    <nav aria-label={words.label} className="flex flex-wrap gap-x-5">
      {links.map(([href, label]) => (
        <a key={href} href={href} className="quiet-link" aria-current={currentOf(pathname, href)}>
          {label}
        </a>
      ))}
    </nav>
  );
}
