import type { Metadata } from 'next';
import { ComposePage } from '@/app/(site)/compose-page';
import { compose } from '@/messages/en/compose';

export const metadata: Metadata = { title: compose.title };

/** Prerendered as well: `/` where only members may send (lib/server/http/front-page.ts). */
export default function MembersOnlyFrontPage() {
  return <ComposePage printedFor="members" />;
}
