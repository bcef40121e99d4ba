import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { sweep } from '@/lib/server/sweeper';
import { keyring } from '@/lib/server/keyring/process-keyring';
import { newNonce, tokenOf } from '../desk';
import { givenInterface } from './live';

const live = givenInterface();
const SECRET = { seal: 'server', secret: 'a secret', expiresIn: '1h' };
const newKey = () => randomBytes(18).toString('base64url');

const create = (key: string, body: object | string = SECRET) =>
  live.post('/api/v1/secrets', body, { 'Idempotency-Key': key });
const secrets = () => live.context.database.sealedItem.count();
const answers = () => live.context.database.idempotentAnswer.findMany();

describe('a secret that is sent again with its Idempotency-Key', () => {
  it('is made once, by however many at once, who are all given its link', async () => {
    const before = await secrets();
    const key = newKey();
    const told = await Promise.all(Array.from({ length: 24 }, () => create(key)));
    expect(new Set(told.map(({ status, text }) => `${String(status)} ${text}`)).size).toBe(1);
    expect(told[0]?.status).toBe(201);
    expect((await create(key)).text).toBe(told[0]?.text);
    expect(await secrets()).toBe(before + 1);
    const { link = '' } = (told[0]?.json?.['links'] as { link?: string }[] | undefined)?.[0] ?? {};
    const claim = { seal: 'server', token: tokenOf(link), nonce: newNonce() };
    expect((await live.post('/api/v1/secrets/claim', claim)).json).toMatchObject({
      secret: 'a secret',
    });
    expect((await create(key)).text, 'also once it was opened').toBe(told[0]?.text);
    expect(await secrets()).toBe(before + 1);
  });

  it('is another with another key, and another without one', async () => {
    const before = await secrets();
    const links = [
      await create(newKey()),
      await create(newKey()),
      await live.post('/api/v1/secrets', SECRET),
      await live.post('/api/v1/secrets', SECRET),
    ].map(({ text }) => text);
    expect(new Set(links).size).toBe(4);
    expect(await secrets()).toBe(before + 4);
  });

  it('with another body is refused, and nothing is made', async () => {
    const key = newKey();
    const first = await create(key);
    const before = await secrets();
    for (const body of [{ ...SECRET, secret: 'another' }, `${JSON.stringify(SECRET)} `]) {
      const told = await create(key, body);
      expect([told.status, told.json?.['code']]).toEqual([422, 'idempotency_key_reused']);
    }
    expect((await create(key)).text).toBe(first.text);
    expect(await secrets()).toBe(before);
  });

  it('was refused is read anew: nothing of a refusal is kept', async () => {
    const key = newKey();
    const kept = (await answers()).length;
    expect((await create(key, { ...SECRET, secret: ' ' })).status).toBe(400);
    expect(await answers()).toHaveLength(kept);
    expect((await create(key)).status).toBe(201);
    expect(await answers()).toHaveLength(kept + 1);
  });

  it('is not there at all where its answer could not be stored', async () => {
    const { database } = live.context;
    const before = await secrets();
    await database.$executeRaw`ALTER TABLE idempotent_answers ADD CONSTRAINT none CHECK (answer IS NULL) NOT VALID`;
    const key = newKey();
    expect((await create(key)).status).toBeGreaterThanOrEqual(500);
    expect(await secrets()).toBe(before);
    await database.$executeRaw`ALTER TABLE idempotent_answers DROP CONSTRAINT none`;
    expect((await create(key)).status).toBe(201);
    expect(await secrets()).toBe(before + 1);
  });

  it('needs a key that nobody guesses', async () => {
    for (const key of ['1', 'a'.repeat(21), '0123456789abcdef01234567', 'a b'.repeat(9)]) {
      const told = await create(key);
      expect([key, told.status, told.json?.['code']]).toEqual([key, 400, 'idempotency_key_weak']);
    }
    expect((await create(crypto.randomUUID())).status).toBe(201);
  });
});

describe('what is kept of an answer', () => {
  it('is neither the key nor anything of the secret or its links', async () => {
    const key = newKey();
    const { text } = await create(key);
    const { link = '', statusLink = '' } =
      (JSON.parse(text) as { links: { link?: string; statusLink?: string }[] }).links[0] ?? {};
    const kept = Buffer.concat(
      (await answers()).flatMap(({ name, body, answer }) => [name, body, answer ?? Buffer.of()]),
    );
    const messageKey = Buffer.from(tokenOf(link), 'base64url');
    for (const part of [key, 'a secret', tokenOf(link), tokenOf(statusLink), messageKey]) {
      expect(kept.includes(part)).toBe(false);
    }
  });

  it('goes after a day, and not before', async () => {
    const { database } = live.context;
    const kept = await answers();
    expect(kept.length).toBeGreaterThan(0);
    await sweep(database, keyring());
    expect(await answers()).toHaveLength(kept.length);
    await database.$executeRaw`UPDATE idempotent_answers SET expires_at = expires_at - interval '1 day'`;
    await sweep(database, keyring());
    expect(await answers()).toEqual([]);
  });
});

it('many who wait to make theirs leave room for everybody else', async () => {
  const slow = { ...SECRET, passphrase: 'correct horse battery' };
  const made = Promise.all(Array.from({ length: 30 }, () => create(newKey(), slow)));
  const asked = await Promise.all(
    Array.from({ length: 20 }, () => live.post('/api/v1/secrets', SECRET)),
  );
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 201));
  const told = (await made).map(({ status }) => status);
  expect(told.filter((status) => status !== 201 && status !== 503)).toEqual([]);
  expect(told).toContain(201);
}, 60_000);
