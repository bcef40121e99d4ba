import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EXPIRIES, type ExpiresIn } from '@/lib/sealed/policy';
import { createRequest } from '@/lib/requests/create';
import { extendRequest } from '@/lib/requests/manage';
import { askFor, guessedId, inboxFor } from './both-browsers';
import { givenRequestDesk, givenStaff, newReader } from './request-desk';

const desk = givenRequestDesk();
const ada = givenStaff(desk, 'Ada');

const allow = (longest: ExpiresIn) =>
  desk.client.policy.updateMany({ data: { longestExpiry: EXPIRIES[longest] } });

describe('the longest expiry that the owner allows', () => {
  it('is that of a new request, whoever makes it', async () => {
    await allow('1h');
    const order = {
      question: 'q',
      fields: [],
      repliesAllowed: 1,
      request: guessedId(),
      publicKey: randomBytes(1216),
      readers: [newReader(ada, { kind: 'own' })],
    };
    expect(await createRequest(desk, ada.accountId, { ...order, expiresIn: '4h' })).toEqual({
      status: 'refused',
      errors: { expiresIn: 'expiry_not_allowed' },
    });
    expect(await desk.client.request.count()).toBe(0);
    expect((await createRequest(desk, ada.accountId, { ...order, expiresIn: '1h' })).status).toBe(
      'created',
    );
  });

  it('is that of an extended one, too, as it is at that moment', async () => {
    await allow('7d');
    const request = await askFor(desk, ada, { expiresIn: '1h' });
    const before = await inboxFor(desk, ada, request);
    await allow('1d');
    const extend = (expiresIn: ExpiresIn) =>
      extendRequest(desk, { accountId: ada.accountId, request: request.id, expiresIn });
    expect(await extend('3d')).toEqual({ status: 'refused', refusal: 'expiry_not_allowed' });
    expect(await inboxFor(desk, ada, request)).toEqual(before);
    expect((await extend('1d')).status).toBe('known');
    expect((await inboxFor(desk, ada, request)).expiresAt > before.expiresAt).toBe(true);
  });
});
