'use client';

import { usePathname } from 'next/navigation';
import { currentOf } from '@/components/account/current-of';
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
        <a key={href} href={href} className="quiet-link" aria-current={currentOf(pathname, href)}>
          {label}
        </a>
      ))}
      <SignOutButton className="staff-sign-out" />
    </nav>
  );
}
