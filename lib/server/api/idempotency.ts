/**
 * One answer for all that repeat a request. Who makes a secret and loses the answer can't know whether
 * there is one; with a key of their own they ask again, and get the links that were made. Rules: what is
 * made and what was answered are stored in one transaction, so there is neither without the other; of
 * many who repeat it at once one makes it, and the others wait for that. The database keeps neither key
 * nor body, and nothing that opens: the answer, which holds links, is sealed under the client's key and
 * one that lies outside of the database. All of it goes after a day.
 */
import 'server-only';
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Context } from '../context';
import { createFairQueue } from '../fair-queue';
import { Prisma } from '../prisma-client/client';
import { clientAddress } from '../request-context';
import { once } from '../runtime';
import { bytea, bytesColumn, execute, inTransaction, theRow, type Database } from '../sql';
import type { Answer, Repeatably } from './mount';

/**
 * Whether it is long enough to hold some 120 bits: it seals what this server is not to read again. By
 * characters, as in `json.ts`.
 */
export function isRandomKey(key: string | readonly string[]): key is string {
  if (typeof key !== 'string' || key.length < MIN_LENGTH || key.length > MAX_LENGTH) return false;
  const characters = Array.from(key);
  if (!characters.every((one) => one > ' ' && one <= '~')) return false;
  const isHex = characters.every((one) => HEX_AND_HYPHEN.includes(one.toLowerCase()));
  return !isHex || key.replaceAll('-', '').length >= HEX_DIGITS;
}

/** Characters: of base64url that is 132 bits, and of a UUID 32 digits are 122. */
const MIN_LENGTH = 22;
const MAX_LENGTH = 255;
const HEX_DIGITS = 32;
const HEX_AND_HYPHEN = '0123456789abcdef-';

interface Repeated {
  readonly key: string;
  readonly path: string;
  readonly body: Buffer;
}

/**
 * Each holds a connection for as long as a secret is made, which may wait for its passphrase to be
 * stretched: few at once, so that the others are there for everybody else.
 */
const AT_ONCE = 4;
const WAITING = 32;
/** Milliseconds. */
const PATIENCE = 8_000;

const queue = once('repeatable requests', () =>
  createFairQueue<'make'>({ atOnce: AT_ONCE, waiting: { make: WAITING }, patience: PATIENCE }),
);

export async function answeredOnce(
  context: Context,
  repeated: Repeated,
  answer: Parameters<Repeatably>[1],
): Promise<Answer> {
  const keys = await keysOf(context, repeated);
  const parties = [`address ${clientAddress()}`];
  // Whatever it was, the transaction would call it a fault of its own.
  let thrown: unknown;
  const told = await queue().run({ kind: 'make', parties }, () =>
    inTransaction(context.database, async (database): Promise<Answer> => {
      // Waits where another is making it.
      const isFirst = await execute(
        database,
        Prisma.sql`
          INSERT INTO idempotent_answers (name, body, expires_at)
          VALUES (${bytea(keys.name)}, ${bytea(keys.body)}, clock_timestamp() + interval '1 day')
          ON CONFLICT (name) DO NOTHING`,
      );
      if (isFirst === 0) return tellAgain(database, keys);
      const made = await answer({ ...context, database }).catch((error: unknown) => {
        thrown = error;
        throw error;
      });
      const isMade = 'body' in made;
      await execute(
        database,
        isMade
          ? Prisma.sql`
              UPDATE idempotent_answers SET answer = ${bytea(seal(keys, JSON.stringify(made.body)))}
              WHERE name = ${bytea(keys.name)}`
          : Prisma.sql`DELETE FROM idempotent_answers WHERE name = ${bytea(keys.name)}`,
      );
      return made;
    }).catch((error: unknown) => {
      throw thrown ?? error;
    }),
  );
  return told ?? { problem: { code: 'busy' } };
}

const answerRow = z.object({ body: bytesColumn, answer: bytesColumn });

async function tellAgain(database: Database, keys: Keys): Promise<Answer> {
  const found = await theRow(
    database,
    answerRow,
    Prisma.sql`SELECT body, answer FROM idempotent_answers WHERE name = ${bytea(keys.name)}`,
  );
  if (!keys.body.equals(found.body)) return { problem: { code: 'idempotency_key_reused' } };
  return { body: open(keys, Buffer.from(found.answer)) };
}

interface Keys {
  /** Of the row: tells nothing of the key. */
  readonly name: Buffer;
  /** Tells one body from another, and nothing of it. */
  readonly body: Buffer;
  readonly answerKey: Buffer;
}

const BYTES = 32;

async function keysOf({ accountsKey }: Context, { key, path, body }: Repeated): Promise<Keys> {
  const salt = await accountsKey('idempotency');
  const derive = (purpose: string, length: number) =>
    Buffer.from(hkdfSync('sha256', key, salt, `${path} ${purpose}`, length));
  return {
    name: derive('name', BYTES),
    body: createHmac('sha256', derive('body', BYTES)).update(body).digest(),
    answerKey: derive('answer', BYTES),
  };
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

function seal({ answerKey, name }: Keys, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, answerKey, iv).setAAD(name);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
}

function open({ answerKey, name }: Keys, sealed: Buffer): string {
  const iv = sealed.subarray(0, IV_BYTES);
  const decipher = createDecipheriv(CIPHER, answerKey, iv, { authTagLength: TAG_BYTES })
    .setAAD(name)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  const text = decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES));
  return Buffer.concat([text, decipher.final()]).toString('utf8');
}
