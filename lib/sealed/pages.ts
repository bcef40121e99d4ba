/** What pages read when they are shown. Reading changes nothing; see the operations for what does. */
import 'server-only';
import { lookForPage } from '@/lib/server/read-for-page';
import { lookAtServerSealed } from './open';
import type { OpenState, StatusState } from './outcomes';
import { lookAtStatus } from './status';

export function readOpenPage(linkToken: string): Promise<OpenState> {
  return lookForPage('open page', (context) => lookAtServerSealed(context, linkToken));
}

export function readStatusPage(statusToken: string): Promise<StatusState> {
  return lookForPage('status page', (context) => lookAtStatus(context, statusToken));
}
