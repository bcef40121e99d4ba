'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useHydrated } from '@/components/ui/script-only';
import { Button } from '@/components/ui/button';
import { useAsked } from '@/components/ui/irreversible-act';
import { LiveRegion } from '@/components/ui/notice';
import { Question } from '@/components/ui/question';
import type { Role } from '@/lib/accounts/outcomes';
import { wouldAskToLeave } from '@/lib/browser/leave-page';
import { loadPart } from '@/lib/browser/browser-trouble';
import { account } from '@/messages/en/account';
import { settings } from '@/messages/en/settings';

const words = account.navigation;

const STAFF_LINKS: Links = [
  ['/dashboard', words.dashboard],
  ['/', words.newSecret],
  ['/requests/new', words.newRequest],
  ['/settings', words.settings],
];

/** Where staff go. */
export function StaffNavigation() {
  return (
    <nav aria-label={words.label} className="staff-navigation">
      <PageLinks links={STAFF_LINKS} />
      <SignOutButton />
    </nav>
  );
}

/** Its path is the beginning of all the others. */
const FIRST_OF_SETTINGS = '/settings';

const OWN_SETTINGS: Links = [
  [FIRST_OF_SETTINGS, settings.navigation.you],
  ['/settings/security', settings.navigation.security],
];

const ALL_SETTINGS: Links = [
  ...OWN_SETTINGS,
  ['/settings/members', settings.navigation.members],
  ['/settings/policies', settings.navigation.policies],
];

/** The pages of the settings; a member has none of an owner's to see. */
export function SettingsNavigation({ role }: { readonly role: Role }) {
  return (
    <nav aria-label={settings.navigation.label} className="flex flex-wrap gap-x-5">
      <PageLinks
        links={role === 'OWNER' ? ALL_SETTINGS : OWN_SETTINGS}
        withNoneBelow={FIRST_OF_SETTINGS}
      />
    </nav>
  );
}

/** Path and words of each. */
type Links = readonly (readonly [href: string, label: string])[];

interface PageLinksProps {
  readonly links: Links;
  /** The one of them that no page below its path belongs to. */
  readonly withNoneBelow?: string;
}

/** Plain links, so that each page begins with nothing of the one before. */
function PageLinks({ links, withNoneBelow }: PageLinksProps) {
  const pathname = usePathname();
  const currentOf = (href: string) => {
    if (pathname === href) return 'page';
    // `true` stands for a page below the link's own.
    return href !== withNoneBelow && pathname.startsWith(`${href}/`) ? 'true' : undefined;
  };
  return links.map(([href, label]) => (
    <a key={href} href={href} className="quiet-link" aria-current={currentOf(href)}>
      {label}
    </a>
  ));
}

const loadSigningOut = () => loadPart(() => import('@/lib/browser/account/sign-out'));

/**
 * Locks the vault and ends the session. Where the page holds something unsaved it is asked first:
 * the browser's own question would come when the session is over already.
 */
function SignOutButton() {
  const isHydrated = useHydrated();
  const { isAsked, ask, keep, takeBack } = useAsked(false);
  const [state, setState] = useState<'resting' | 'pressed' | 'failed'>('resting');
  if (!isHydrated) return null;

  const signOut = () => {
    setState('pressed');
    void loadSigningOut()
      .then(({ signOutHere }) => signOutHere())
      .catch(() => {
        keep();
        setState('failed');
      });
  };
  const work = { pending: state === 'pressed', pendingText: words.signingOut };
  return (
    <>
      {isAsked ? (
        <div className="staff-sign-out-said">
          <Question {...work} words={words.leaving} onConfirm={signOut} onKeep={keep} />
        </div>
      ) : (
        <Button
          {...work}
          ref={takeBack}
          variant="plain"
          className="staff-sign-out"
          onClick={() => {
            if (wouldAskToLeave()) ask();
            else signOut();
          }}
        >
          {words.signOut}
        </Button>
      )}
      <LiveRegion politeness="assertive" className="staff-sign-out-said empty:hidden">
        {state === 'failed' ? words.signOutFailed : ''}
      </LiveRegion>
    </>
  );
}
