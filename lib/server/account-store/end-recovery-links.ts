import 'server-only';
import { Prisma } from '../prisma-client/client';

/**
 * Ends links to a new password that can still be used. Several acts may end the same ones at the same
 * moment: each takes their rows in one order, or two could wait for each other in a circle.
 *
 * @param which a condition on `account_recoveries`
 * @param also what else of them is set
 */
export const endRecoveryLinks = (which: Prisma.Sql, also = Prisma.empty) => Prisma.sql`
  UPDATE account_recoveries r SET used_at = clock_timestamp()${also}
  FROM (
    SELECT id FROM account_recoveries WHERE ${which} AND used_at IS NULL ORDER BY id FOR UPDATE
  ) held WHERE r.id = held.id`;
