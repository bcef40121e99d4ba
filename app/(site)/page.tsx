import type { Metadata } from 'next';
import { sealOnServer, storeBrowserSealed } from '@/app/(site)/actions';
import { ComposeMessage } from '@/components/secret/compose-message';
import { compose } from '@/messages/en/compose';

export const metadata: Metadata = { title: compose.title };

/** Prerendered: nothing on it depends on who asks. */
export default function ComposePage() {
  return <ComposeMessage actions={{ sealOnServer, storeBrowserSealed }} />;
}
