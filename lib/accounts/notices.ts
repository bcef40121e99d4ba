/** What people hear by mail about their accounts, queued with the rows that it is about. */
import 'server-only';
import type { Within } from '@/lib/server/context';
import { guarded } from '@/lib/server/database-errors';
import type { Mail } from '@/lib/server/mail/mail';
import type { Database } from '@/lib/server/sql';
import type { AccessChange } from './outcomes';

export interface Addressee {
  readonly email: string;
  readonly name: string;
}

/** What queuing a mail takes. */
export type Teller = Pick<Within, 'database' | 'queueMail' | 'appUrl'>;

/** Whom to tell; null for an account that is not there. */
export function findAddressee(database: Database, accountId: string): Promise<Addressee | null> {
  return guarded(() =>
    database.account.findUnique({ where: { id: accountId }, select: { email: true, name: true } }),
  );
}

/** @returns false where this instance sends no mail */
export async function queue({ database, queueMail }: Teller, mail: Mail): Promise<boolean> {
  return (await guarded(() => queueMail(database, mail))) === 'queued';
}

/** What a notice names besides its reader; '' where there is nothing to name. */
interface AccessDetails {
  /** Whose act it was, where it was not the reader's own. */
  readonly by?: string;
  /** The address that it is about. */
  readonly address?: string;
}

export function tellAccessChange(
  teller: Teller,
  { email: to, name }: Addressee,
  change: AccessChange,
  { by = '', address = '' }: AccessDetails = {},
): Promise<boolean> {
  const dashboardLink = dashboardOf(teller);
  return queue(teller, { template: 'accessChanged', to, name, change, by, address, dashboardLink });
}

export function tellPasswordChange(
  teller: Teller,
  { email: to, name }: Addressee,
): Promise<boolean> {
  const dashboardLink = dashboardOf(teller);
  return queue(teller, { template: 'passwordChanged', to, name, dashboardLink });
}

/** Where notices lead, and nowhere else. */
export function dashboardOf({ appUrl }: Pick<Teller, 'appUrl'>): string {
  return `${appUrl}/dashboard`;
}

/** As a mail says until when its link works. Whether the link is over is the database's clock to say. */
export function fromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
