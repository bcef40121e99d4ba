import { connect as connectTo, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '@/lib/server/database';
import { DatabaseAway, DatabaseFault, guarded } from '@/lib/server/database-errors';
import { KeyringError } from '@/lib/server/keyring/private-file';
import { inTransaction } from '@/lib/server/sql';
import type { PrismaClient } from '@/lib/server/prisma-client/client';
import { createTestDatabase, type TestDatabase } from '@/tests/support/database';

let database: TestDatabase;
let client: PrismaClient;

beforeAll(async () => {
  database = await createTestDatabase();
  client = connect(database.url);
});

afterAll(async () => {
  await client.$disconnect();
  await database.drop();
});

const CANARY = 'canary-of-a-statement';

/** What a statement threw, whole, as a log would write it. */
async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await guarded(work);
  } catch (error) {
    return error;
  }
  throw new Error('The statement did not fail.');
}

describe('a database that is away is told from a statement that is wrong', () => {
  it('nobody listens', async () => {
    const nobody = connect('postgresql://nobody@127.0.0.1:1/none');
    expect(await failureOf(() => nobody.$queryRaw`SELECT 1`)).toBeInstanceOf(DatabaseAway);
    expect(
      await failureOf(() => nobody.$transaction((transaction) => transaction.$queryRaw`SELECT 1`)),
    ).toBeInstanceOf(DatabaseAway);
  });

  it('the database is not there', async () => {
    const missing = connect(database.url.replace(/\/[^/?]+(\?|$)/, '/not_there$1'));
    expect(await failureOf(() => missing.$queryRaw`SELECT 1`)).toBeInstanceOf(DatabaseAway);
    await missing.$disconnect();
  });

  it('but a machine that takes some seconds for a connection is slow, and not away', async () => {
    const { hostname, port } = new URL(database.url);
    const slow = createServer((socket) => {
      socket.pause();
      setTimeout(() => {
        const server = connectTo(Number(port), hostname);
        socket.pipe(server).pipe(socket);
      }, 4_000);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const address = new URL(database.url);
    address.port = String((slow.address() as AddressInfo).port);
    const slowed = connect(address.href);
    expect(await slowed.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
    await slowed.$disconnect();
    slow.close();
  });

  it('the connection is cut in the middle of a statement, and the next statement works', async () => {
    const cut = failureOf(() => client.$queryRaw`SELECT pg_sleep(20)::text`);
    const other = connect(database.url);
    await expect
      .poll(
        async () => {
          const rows = await other.$queryRaw<{ cut: boolean }[]>`
            SELECT pg_terminate_backend(pid) AS cut FROM pg_stat_activity
            WHERE query LIKE 'SELECT pg_sleep%' AND datname = current_database()`;
          return rows.length;
        },
        { timeout: 10_000 },
      )
      .toBe(1);
    await other.$disconnect();
    expect(await cut).toBeInstanceOf(DatabaseAway);
    expect(await client.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
  });

  it('the client of another bundle can’t be made, whose errors have classes of their own', async () => {
    class PrismaClientInitializationError extends Error {
      override readonly name = 'PrismaClientInitializationError';
    }
    const failing = () => Promise.reject(new PrismaClientInitializationError('no'));
    expect(await failureOf(failing)).toBeInstanceOf(DatabaseAway);
  });

  it('a statement that is wrong is a fault, and quotes none of its values', async () => {
    const failure = await failureOf(() => client.$queryRaw`SELECT ${CANARY}::text::int`);
    expect(failure).toBeInstanceOf(DatabaseFault);
    expect(failure).toMatchObject({ code: '22P02' });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain(CANARY);
  });

  it('a transaction that was undone for the sake of another may be asked for again, and is no fault', async () => {
    const other = connect(database.url);
    const touch = (id: number) => `SELECT pg_advisory_xact_lock(${String(id)})`;
    const both = (one: PrismaClient, first: number, second: number) =>
      inTransaction(one, async (transaction) => {
        await transaction.$executeRawUnsafe(touch(first));
        await transaction.$queryRaw`SELECT pg_sleep(0.5)::text`;
        await transaction.$executeRawUnsafe(touch(second));
      });
    const settled = await Promise.allSettled([both(client, 1, 2), both(other, 2, 1)]);
    await other.$disconnect();
    const failures = settled.flatMap((one): unknown[] =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    expect(failures).toHaveLength(1);
    expect(failures[0]).toBeInstanceOf(DatabaseAway);
  });

  it.each([
    ['a bug', new TypeError('No connection.')],
    ['a keyring that can’t be read', new KeyringError('It can’t be read.', 'EACCES')],
    ['another database that is away', new DatabaseAway(true)],
  ])('what a transaction throws by itself stays what it is: %s', async (_, thrown) => {
    expect(await failureOf(() => inTransaction(client, () => Promise.reject(thrown)))).toBe(thrown);
  });
});
