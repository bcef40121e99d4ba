'use client';

import { useState } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { loadPart } from '@/lib/browser/load-part';
import { account } from '@/messages/en/account';

const loadSigningOut = () => loadPart(() => import('@/lib/browser/account/sign-out-here'));

/** Locks the vault and ends the session. */
export function SignOutButton({ className }: { readonly className?: string }) {
  const isHydrated = useHydrated();
  const [isPressed, setPressed] = useState(false);
  if (!isHydrated) return null;
  return (
    <Button
      variant="plain"
      className={className}
      pending={isPressed}
      pendingText={account.navigation.signingOut}
      onClick={() => {
        setPressed(true);
        void loadSigningOut()
          .then(({ signOutHere }) => signOutHere())
          .catch(() => setPressed(false));
      }}
    >
      {account.navigation.signOut}
    </Button>
  );
}
