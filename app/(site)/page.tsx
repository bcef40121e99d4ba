import type { Metadata } from 'next';
import { ComposePage } from '@/app/(site)/compose-page';
import { compose } from '@/messages/en/compose';

export const metadata: Metadata = { title: compose.title };

/** Prerendered: nothing on it depends on who asks. */
export default function FrontPage() {
  return <ComposePage printedFor="anyone" />;
}
