import type { Metadata } from 'next';
import { sealOnServer, storeBrowserSealed, storeBrowserSealedForEach } from '@/app/(site)/actions';
import { StaffPlace } from '@/components/account/staff-place';
import { ComposeMessage } from '@/components/secret/compose-message';
import { StandingProvider } from '@/components/secret/standing';
import { compose } from '@/messages/en/compose';

export const metadata: Metadata = { title: compose.title };

/** Prerendered: nothing on it depends on who asks. Who that is, it asks when its script runs. */
export default function ComposePage() {
  return (
    <StandingProvider>
      <StaffPlace />
      <ComposeMessage actions={{ sealOnServer, storeBrowserSealed, storeBrowserSealedForEach }} />
    </StandingProvider>
  );
}
