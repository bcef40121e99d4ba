import 'server-only';
import { database } from './database';
import { guarded } from './database-errors';

/** True if the database answers a statement now. */
export async function answersToHealthCheck(): Promise<boolean> {
  try {
    await guarded(() => database().$queryRaw`SELECT 1`);
    return true;
  } catch {
    return false;
  }
}
