import type { Metadata } from 'next';
import { CalmPage } from '@/components/site/calm-page';
import { LinkButton } from '@/components/ui/button';
import { common } from '@/messages/en/common';

const words = common.notFound;

export const metadata: Metadata = { title: words.title };

export default function NotFound() {
  return (
    <CalmPage heading={words.heading} actions={<LinkButton href="/">{words.home}</LinkButton>}>
      <p>{words.text}</p>
      <p>{words.reassurance}</p>
    </CalmPage>
  );
}
