import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type * as Actions from '@/lib/server/action';
import { DatabaseAway, DatabaseFault } from '@/lib/server/database-errors';
import { DatabaseUnsafe } from '@/lib/server/durability';
import { MarkError } from '@/lib/server/history/mark-file';
import { KeyringError } from '@/lib/server/keyring/private-file';
import { anyone, byField, operation } from '@/lib/server/operation';
import type * as Pages from '@/lib/server/read-for-page';

let mount: typeof Actions.action;
let lookForPage: typeof Pages.lookForPage;
let answered: number[];
let logged: string;

beforeEach(async () => {
  answered = [];
  logged = '';
  vi.resetModules();
  vi.doMock('@/lib/server/request-context', () => ({
    answerWith: (status: number) => answered.push(status),
    clientAddress: () => '192.0.2.1',
  }));
  vi.doMock('@/lib/server/context', () => ({ processContext: () => ({}) }));
  vi.doMock('@/lib/server/limits', () => ({ withinLimit: () => Promise.resolve(true) }));
  ({ action: mount } = await import('@/lib/server/action'));
  ({ lookForPage } = await import('@/lib/server/read-for-page'));
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    logged += String(line);
    return true;
  });
});

afterEach(() => {
  for (const name of ['request-context', 'context', 'limits']) vi.doUnmock(`@/lib/server/${name}`);
  vi.resetModules();
  vi.restoreAllMocks();
});

it.each([
  [200, { status: 'done' }],
  [404, { status: 'unknown' }],
  [401, { status: 'refused', refusal: 'password_wrong' }],
  [400, { status: 'refused', errors: { form: 'input_malformed' } }],
  [503, { status: 'refused', errors: { note: undefined, form: 'busy' } }],
  [200, { status: 'idle', errors: {} }],
])(
  'the status of an answer says what it says, in whichever way it says so: %i',
  async (status, outcome) => {
    const action = mount(
      operation({
        name: 'test',
        limit: 'ask',
        who: anyone,
        schema: z.object({}),
        run: () => Promise.resolve<{ status: string }>(outcome),
        refuse: byField,
      }),
    );
    expect(await action(new FormData())).toEqual(outcome);
    expect(answered).toEqual([status]);
  },
);

/** An action that comes to nothing by what it throws. */
function failing(thrown: unknown, isLook: boolean) {
  return mount(
    operation({
      name: 'test',
      limit: 'ask',
      isLook,
      who: anyone,
      schema: z.object({}),
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a bug may do
      run: () => Promise.reject<{ status: string }>(thrown),
      refuse: byField,
    }),
  );
}

const AWAY = [
  new DatabaseAway(),
  new DatabaseAway(true),
  new DatabaseUnsafe(),
  new KeyringError('canary of a keyring', 'EACCES'),
  new MarkError('canary of a mark', 'ENOSPC'),
];

it.each([
  ['an act may have been done', false, 'unavailable'],
  ['a look has changed nothing', true, 'look_failed'],
])('where the database or the keyring is away, %s', async (_, isLook, refusal) => {
  for (const thrown of AWAY) {
    const outcome = await failing(thrown, isLook)(new FormData());
    expect(outcome).toEqual({ status: 'refused', refusal, field: null });
  }
  expect(answered).toEqual(AWAY.map(() => 503));
  expect(logged).not.toMatch(/"event":"fault"|canary/);
});

const CANARY = 'canary-of-what-was-sent';

/** Thrown here, with a text that quotes what was sent, and looks like a place. */
function bug(): unknown {
  const error = new TypeError(`${CANARY}\n    at ${CANARY} (/${CANARY}/canary.ts:1:1)`);
  return Object.assign(error, { sent: CANARY, code: CANARY, cause: new Error(CANARY) });
}

describe('a bug is told as a fault of ours, and logged with its place and without its text', () => {
  it.each([
    ['of an act', false, 'fault'],
    ['of a look', true, 'fault_in_look'],
  ])('%s', async (_, isLook, refusal) => {
    const outcome = await failing(bug(), isLook)(new FormData());
    expect(outcome).toEqual({ status: 'refused', refusal, field: null });
    expect(answered).toEqual([500]);
    expect(logged).not.toContain('canary');
    const { event, at, error, frames } = JSON.parse(logged) as Record<string, unknown>;
    expect({ event, at, error }).toEqual({ event: 'fault', at: 'test', error: 'TypeError' });
    expect(frames).toContainEqual(
      expect.stringMatching(/^bug tests\/unit\/server\/action\.test\.ts:\d+$/),
    );
  });

  it.each([
    ['an object', { message: CANARY, name: CANARY, stack: `Error\n    at ${CANARY} (/a.ts:1:1)` }],
    ['a text', CANARY],
    ['an error that is named after what was sent', Object.assign(new Error(), { name: CANARY })],
    ['an error of the database', new DatabaseFault('22P02')],
    ['an error with a code that was sent', new DatabaseFault(CANARY)],
  ])('also where what is thrown is %s', async (_, thrown) => {
    const outcome = await failing(thrown, false)(new FormData());
    expect(outcome).toMatchObject({ refusal: 'fault' });
    expect(answered).toEqual([500]);
    expect(logged).toContain('"event":"fault"');
    expect(logged).not.toContain('canary');
  });

  it('of a page, which says so with its status', async () => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what a bug may do
    const look = await lookForPage('test page', () => Promise.reject<{ status: string }>(bug()));
    expect(look).toEqual({ status: 'refused', refusal: 'fault_in_look' });
    expect(answered).toEqual([500]);
    expect(logged).toContain('"at":"test page"');
    expect(logged).not.toContain('canary');
  });
});
