'use client';

import { useState } from 'react';
import { useHydrated } from '@/components/secret/use-hydrated';
import { Button } from '@/components/ui/button';
import { LiveRegion } from '@/components/ui/live-region';
import { compose } from '@/messages/en/compose';

export interface ShareButtonProps {
  readonly link: string;
  /** Another app has it. */
  readonly onShared?: (() => void) | undefined;
}

/** Hands the link to another app, where the device offers it; nothing where it does not. */
export function ShareButton({ link, onShared }: ShareButtonProps) {
  const isHydrated = useHydrated();
  const [hasFailed, setFailed] = useState(false);
  if (!isHydrated || !('share' in navigator)) return null;

  async function share() {
    setFailed(false);
    try {
      await navigator.share({ url: link });
      onShared?.();
    } catch (error) {
      // Closing the device's own dialogue is not a failure.
      setFailed(!(error instanceof DOMException && error.name === 'AbortError'));
    }
  }

  return (
    <>
      <Button onClick={() => void share()}>{compose.result.share}</Button>
      <LiveRegion>{hasFailed && compose.result.shareFailed}</LiveRegion>
    </>
  );
}
