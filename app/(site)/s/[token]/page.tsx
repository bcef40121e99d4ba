import type { Metadata } from 'next';
import { destroyFromStatus } from '@/app/(site)/s/[token]/actions';
import { StatusView } from '@/components/secret/status-view';
import { lookAtStatus } from '@/lib/server/message-desk';
import { status } from '@/messages/en/status';

export const metadata: Metadata = { title: status.title };

interface StatusPageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export default async function StatusPage({ params }: StatusPageProps) {
  const { token } = await params;
  return (
    <StatusView
      statusToken={token}
      initial={await lookAtStatus(token)}
      destroyFromStatus={destroyFromStatus}
    />
  );
}
