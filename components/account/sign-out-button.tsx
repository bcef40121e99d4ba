'use client';

import { useState } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { useAsked } from '@/components/ui/irreversible-act';
import { LiveRegion } from '@/components/ui/live-region';
import { Question } from '@/components/ui/question';
import { wouldAskToLeave } from '@/lib/browser/leave-page';
import { loadPart } from '@/lib/browser/load-part';
import { account } from '@/messages/en/account';

const loadSigningOut = () => loadPart(() => import('@/lib/browser/account/sign-out-here'));
const words = account.navigation;

/**
 * Locks the vault and ends the session. Where the page holds something unsaved it is asked first:
 * the browser's own question would come when the session is over already.
 */
export function SignOutButton({ className }: { readonly className?: string }) {
  const isHydrated = useHydrated();
  const { isAsked, ask, keep, takeBack } = useAsked(false);
  const [isPressed, setPressed] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  if (!isHydrated) return null;

  const signOut = () => {
    setPressed(true);
    setFailed(false);
    void loadSigningOut()
      .then(({ signOutHere }) => signOutHere())
      .catch(() => {
        keep();
        setPressed(false);
        setFailed(true);
      });
  };
  return (
    <>
      {isAsked ? (
        <div className="staff-sign-out-said">
          <Question
            words={words.leaving}
            pending={isPressed}
            pendingText={words.signingOut}
            onConfirm={signOut}
            onKeep={keep}
          />
        </div>
      ) : (
        <Button
          ref={takeBack}
          variant="plain"
          className={className}
          pending={isPressed}
          pendingText={words.signingOut}
          onClick={() => {
            if (wouldAskToLeave()) ask();
            else signOut();
          }}
        >
          {words.signOut}
        </Button>
      )}
      <LiveRegion politeness="assertive" className="staff-sign-out-said empty:hidden">
        {hasFailed ? words.signOutFailed : ''}
      </LiveRegion>
    </>
  );
}
