import { beforeEach, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { formAction } from '@/lib/server/form-action';
import { refuseForm } from '@/lib/server/refuse-form';

const answered = vi.hoisted((): number[] => []);

vi.mock('@/lib/server/request-context', () => ({
  answerWith: (status: number) => answered.push(status),
  clientAddress: () => '192.0.2.1',
}));
vi.mock('@/lib/server/log-failure', () => ({ logFailure: () => undefined }));
vi.mock('@/lib/server/limits', () => ({ withinLimit: () => Promise.resolve(true) }));

beforeEach(() => {
  answered.length = 0;
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
    const action = formAction({
      name: 'test',
      limit: 'ask',
      authorise: () => Promise.resolve({}),
      schema: z.object({}),
      run: () => Promise.resolve<{ status: string }>(outcome),
      refuse: refuseForm,
    });
    expect(await action(new FormData())).toEqual(outcome);
    expect(answered).toEqual([status]);
  },
);

it.each([
  ['an act may have been done', false, 'unavailable'],
  ['a look has changed nothing', true, 'look_failed'],
])('where the database goes away, %s', async (_, isLook, refusal) => {
  const action = formAction({
    name: 'test',
    limit: 'ask',
    isLook,
    authorise: () => Promise.resolve({}),
    schema: z.object({}),
    run: () => Promise.reject<{ status: string }>(new Error('The database went away.')),
    refuse: refuseForm,
  });
  expect(await action(new FormData())).toEqual({ status: 'refused', refusal, field: null });
  expect(answered).toEqual([503]);
});
