import { sealOnServer, storeBrowserSealed, storeBrowserSealedForEach } from '@/app/(site)/actions';
import { StaffPlace } from '@/components/account/staff-place';
import { ComposeMessage } from '@/components/secret/compose-message';
import { StandingProvider } from '@/components/secret/standing';
import type { WhoMaySend } from '@/lib/accounts/sending-policy';

/** The page to send a secret, printed for an owner's decision. Who is looking, it asks when its script runs. */
export function ComposePage({ printedFor }: { readonly printedFor: WhoMaySend }) {
  return (
    <StandingProvider printedFor={printedFor}>
      <StaffPlace />
      <ComposeMessage actions={{ sealOnServer, storeBrowserSealed, storeBrowserSealedForEach }} />
    </StandingProvider>
  );
}
