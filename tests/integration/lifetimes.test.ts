import { beforeEach, describe, expect, it } from 'vitest';
import { EXPIRIES, EXPIRY_CHOICES, type ExpiresIn } from '@/lib/sealed/policy';
import { sealOnServer } from '@/lib/sealed/seal';
import { extendRequest } from '@/lib/requests/manage';
import { KEEP_LIFETIME } from '@/lib/requests/policy';
import { text } from '@/tests/support/envelopes';
import { given } from '@/tests/support/given';
import { createTestDesk } from './desk';
import { askFor, inboxFor } from './requests/both-browsers';
import { givenRequestDesk, givenStaff } from './requests/request-desk';

/*
 * How long things live: as long as was chosen, by the database's clock, and no longer. The clock of
 * the instance may be wrong by what the statement tolerates (see `agreed-time.ts`).
 */

/** Milliseconds by which an end may be later, or earlier, than the choice comes to. */
const TOO_LATE = 2_500;
const TOO_EARLY = 15_500;

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');
const messages = given(
  () => Promise.resolve(createTestDesk(desk.url, desk.keyring)),
  (made) => made.close(),
);

beforeEach(async () => {
  await desk.client.$executeRaw`DELETE FROM requests`;
});

async function databaseNow(): Promise<number> {
  const [row] = await desk.client.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`;
  if (row === undefined) throw new Error('The database told no time.');
  return row.now.getTime();
}

/** What was made ends after this many seconds from now on, neither later nor earlier. */
async function expectEndsIn<Made>(
  seconds: number,
  make: () => Promise<Made>,
  endOf: (made: Made) => string | Promise<string>,
): Promise<void> {
  const before = await databaseNow();
  const made = await make();
  const after = await databaseNow();
  const end = Date.parse(await endOf(made));
  expect(end).toBeGreaterThanOrEqual(before + seconds * 1000 - TOO_EARLY);
  expect(end).toBeLessThanOrEqual(after + seconds * 1000 + TOO_LATE);
}

const extend = async (request: { readonly id: string }, expiresIn: ExpiresIn) => {
  const managed = { accountId: ada.accountId, request: request.id };
  const state = await extendRequest(desk, { ...managed, expiresIn });
  if (state.status !== 'known') throw new Error('The request was not extended.');
  return state.inbox;
};

describe.each(EXPIRY_CHOICES)('with %s chosen', (expiresIn) => {
  it('a secret waits as long as that', async () => {
    const secret = { secret: text('s'), passphrase: '', expiresIn, note: '' };
    await expectEndsIn(
      EXPIRIES[expiresIn],
      () => sealOnServer(messages, secret),
      (links) => links?.[0]?.expiresAt ?? '',
    );
    const rows = await desk.client.sealedItem.findMany({
      orderBy: { createdAt: 'desc' },
      select: { createdAt: true, expiresAt: true },
      take: 1,
    });
    const [row] = rows;
    if (row === undefined) throw new Error('There is no row.');
    const life = row.expiresAt.getTime() - row.createdAt.getTime();
    expect(life).toBeLessThanOrEqual(EXPIRIES[expiresIn] * 1000 + TOO_LATE);
  });

  it('a request is open as long as that, and kept for thirty days more', async () => {
    const make = () => askFor(desk, ada, { expiresIn });
    await expectEndsIn(
      EXPIRIES[expiresIn],
      make,
      async (made) => (await inboxFor(desk, ada, made)).expiresAt,
    );
    await expectEndsIn(
      EXPIRIES[expiresIn] + KEEP_LIFETIME,
      make,
      async (made) => (await inboxFor(desk, ada, made)).keepUntil,
    );
  });

  it('a request that is extended lives as long as that from now on, and not a day more', async () => {
    const request = await askFor(desk, ada, { expiresIn: '5m' });
    await expectEndsIn(
      EXPIRIES[expiresIn],
      () => extend(request, expiresIn),
      (inbox) => inbox.expiresAt,
    );
    await expectEndsIn(
      EXPIRIES[expiresIn] + KEEP_LIFETIME,
      () => extend(request, expiresIn),
      (inbox) => inbox.keepUntil,
    );
  });
});

describe('an extension', () => {
  it('counts from now, and adds nothing to what was left or to what is over', async () => {
    const request = await askFor(desk, ada, { expiresIn: '3d' });
    await expectEndsIn(
      EXPIRIES['7d'],
      () => extend(request, '7d'),
      (inbox) => inbox.expiresAt,
    );
    // As if it had been made a week earlier.
    await desk.client.$executeRaw`
      UPDATE requests SET expires_at = clock_timestamp() - interval '4 days',
        keep_until = clock_timestamp() + interval '26 days'`;
    await expectEndsIn(
      EXPIRIES['1d'],
      () => extend(request, '1d'),
      (inbox) => inbox.expiresAt,
    );
  });
});
