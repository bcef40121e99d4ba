import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createKeyring } from '@/lib/server/keyring/keyring';
import { sweep } from '@/lib/server/sweeper';
import { addAccount, givenAccountContext } from './account-context';

const context = givenAccountContext();

it('a session, an invitation or a link that lets nobody in any more is erased, and no other', async () => {
  const { database: client } = context;
  const { accountId } = await addAccount(context);
  const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000);
  const [yesterday, tomorrow, now] = [hoursFromNow(-24), hoursFromNow(24), hoursFromNow(0)];
  const link = () => ({ tokenHash: randomBytes(32), createdAt: yesterday, expiresAt: tomorrow });
  const own = () => ({ ...link(), accountId });
  const invitation = () => ({ ...link(), email: 'kept@example.org', role: 'MEMBER' as const });
  const email = 'kept@example.org';
  await client.session.createMany({
    data: [
      { ...own(), device: 'kept' },
      { ...own(), expiresAt: yesterday },
      { ...own(), lastSeenAt: hoursFromNow(-8 * 24) },
    ],
  });
  await client.invitation.createMany({
    data: [
      invitation(),
      { ...invitation(), email: 'never-came@stranger.example', expiresAt: yesterday },
      { ...invitation(), email: 'withdrawn@stranger.example', revokedAt: yesterday },
      { ...invitation(), email: 'came@example.org', acceptedAt: yesterday },
    ],
  });
  await client.accountRecovery.createMany({
    data: [own(), { ...own(), expiresAt: yesterday }, { ...own(), usedAt: yesterday }],
  });
  await client.emailChange.createMany({
    data: [
      { ...own(), email },
      // Counts against how many may be asked for in an hour.
      { ...own(), email, createdAt: now, usedAt: now },
      { ...own(), email: 'mistyped@stranger.example', expiresAt: yesterday },
      { ...own(), email: 'old@example.org', usedAt: yesterday },
    ],
  });
  await sweep(client, createKeyring({ file: process.env['KEYRING_FILE'] ?? '' }));
  const [sessions, invitations, changes] = [
    await client.session.findMany({ select: { device: true } }),
    await client.invitation.findMany({ select: { email: true } }),
    await client.emailChange.findMany({ select: { email: true } }),
  ];
  expect(sessions).toEqual([{ device: 'kept' }]);
  expect(invitations).toEqual([{ email }]);
  expect(await client.accountRecovery.count()).toBe(1);
  expect(changes).toEqual([{ email }, { email }]);
});
