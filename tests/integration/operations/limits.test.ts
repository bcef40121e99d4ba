import { beforeAll, describe, expect, it } from 'vitest';
import { limitOf, PAGES } from '@/tests/e2e/support/access-rules';
import { findActions, findPages } from '@/tests/e2e/support/app-surface';
import { givenHouse, type House, type HouseStaff } from './house';
import { SENDING } from './sending';

const house = givenHouse();
let member: HouseStaff;
let owner: HouseStaff;
let addresses = 0;

beforeAll(async () => {
  [member, owner] = [await house.hire('MEMBER'), await house.hire('OWNER')];
});

type Limit = Parameters<House['withinLimit']>[0];

/** Another address for each test: what one spends is not what the next has left. */
const newAddress = () => `198.51.100.${String((addresses += 1))}`;

/** An address that has nothing left of these limits. */
async function spent(...limits: readonly Limit[]): Promise<string> {
  const address = newAddress();
  for (const limit of limits) await house.withinLimit(limit, address, 1_000_000);
  return address;
}

describe('an address that is over a limit', () => {
  it.each(['create', 'reply', 'ask', 'signIn', 'staff'] as const)(
    'gets nothing more of what stands under “%s”, whoever calls, and is let into the rest',
    async (limit) => {
      const address = await spent(limit);
      for (const { key } of await findActions()) {
        // Nothing is posted: what is let in is refused for that, and tries no password.
        const { status } = await house.ask(key, {}, { address, staff: owner });
        expect.soft(status === 429, `${key}: ${String(status)}`).toBe(limitOf(key) === limit);
      }
    },
  );

  it('is refused before anybody asks who is calling, and before what it sent is read', async () => {
    const address = await spent('create', 'reply', 'ask', 'signIn', 'staff');
    for (const { key } of await findActions()) {
      const { status } = await house.ask(key, {}, { address });
      expect.soft(status, key).toBe(429);
    }
  });

  it('by the kilobytes that it stored stores no more', async () => {
    for (const { key, fields } of SENDING) {
      expect
        .soft(
          (await house.ask(key, fields, { address: await spent('createKilobytes') })).status,
          key,
        )
        .toBe(429);
    }
    const replying = await spent('replyKilobytes');
    for (const name of ['replyOnServer', 'storeSealedReply']) {
      const { status } = await house.ask(
        `app/r/[token]/actions.ts ${name}`,
        {},
        { address: replying },
      );
      expect.soft(status, name).toBe(429);
    }
  });
});

describe('the limit by size', () => {
  it('counts every kilobyte of what is posted', async () => {
    const [{ key, fields }] = SENDING;
    const address = newAddress();
    // All but 20 of what an address may store.
    expect(await house.withinLimit('createKilobytes', address, 256 * 1024 - 20)).toBe(true);
    const send = (kilobytes: number) =>
      house.ask(key, { ...fields, secret: 'x'.repeat(kilobytes * 1024) }, { address });
    expect((await send(10)).status).toBe(200);
    expect((await send(10)).status).toBe(429);
  });
});

describe('the limit of what is sent', () => {
  it.each(SENDING)(
    'counts each further recipient as one message more, by $key',
    async (sending) => {
      const caller = { address: newAddress(), staff: member };
      expect(await house.withinLimit('create', caller.address, 590)).toBe(true);
      const send = async (count: number) =>
        (await house.ask(sending.key, sending.forSeveral(count), caller)).status;
      expect(await send(4)).toBe(200);
      expect(await send(6)).toBe(200);
      const before = await house.client.sealedItem.count();
      expect(await send(2)).toBe(429);
      expect(await house.client.sealedItem.count()).toBe(before);
    },
  );

  it.each(SENDING)('lets $key make all or none', async (sending) => {
    const caller = { address: newAddress(), staff: member };
    expect(await house.withinLimit('create', caller.address, 598)).toBe(true);
    const before = await house.client.sealedItem.count();
    expect((await house.ask(sending.key, sending.forSeveral(3), caller)).status).toBe(429);
    expect(await house.client.sealedItem.count()).toBe(before);
  });
});

/** Pages that read nothing when they are shown, or are prerendered. */
const READ_NOTHING = [
  'app/(account)/recover/page.tsx',
  'app/(site)/docs/api/page.tsx',
  'app/(site)/how-it-works/page.tsx',
  'app/(site)/members-only/page.tsx',
  'app/(site)/page.tsx',
  // Has its own door, which the requests that sign in are counted at.
  'app/api/auth/[...nextauth]/route.ts',
  // For the machine that watches the instance.
  'app/api/health/route.ts',
];

describe('a page that reads', () => {
  it('is not shown to an address that is over its limit', async () => {
    const address = await spent('ask', 'staff');
    for (const file of await findPages()) {
      if (READ_NOTHING.includes(file)) continue;
      const path = PAGES[file]?.path ?? '';
      expect.soft(await house.visit(file, path, { address, staff: owner }), file).toBe(429);
    }
  });
});
