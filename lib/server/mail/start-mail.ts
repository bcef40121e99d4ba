import { accountsKey } from '@/lib/server/accounts/accounts-key';
import { addBackgroundWork } from '../background-work';
import { settings } from '../settings';
import { createMailTransport } from './mail-transport';
import { startMailWorker } from './mail-worker';
import 'server-only';

/** Begins to deliver mail, where an SMTP server is set, until the HTTP server closes. */
export function startMail(): void {
  const { mail, databaseUrl, appUrl } = settings();
  if (mail === null || databaseUrl === null) return;
  const transport = createMailTransport(mail, appUrl.hostname);
  const worker = startMailWorker(databaseUrl, { accountsKey, transport });
  addBackgroundWork(() => worker.stop());
}
