'use client';

import { usePathname } from 'next/navigation';
import { SignOutButton } from '@/components/account/sign-out-button';
import { account } from '@/messages/en/account';

const words = account.navigation;

const LINKS = [
  ['/dashboard', words.dashboard],
  ['/', words.newSecret],
  ['/requests/new', words.newRequest],
  ['/settings', words.settings],
] as const;

/** Where staff go; plain links, so that each page begins with nothing of the one before. */
export function StaffNavigation() {
  const pathname = usePathname();
  return (
    <nav aria-label={words.label} className="staff-navigation">
      {LINKS.map(([href, label]) => (
        <a
          key={href}
          href={href}
          className="quiet-link"
          aria-current={pathname === href ? 'page' : undefined}
        >
          {label}
        </a>
      ))}
      <SignOutButton className="sm:ms-auto" />
    </nav>
  );
}
