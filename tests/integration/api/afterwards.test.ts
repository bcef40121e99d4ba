import { afterEach, expect, it, vi } from 'vitest';
import { stopBackgroundWork } from '@/lib/server/background-work';
import { processContext } from '@/lib/server/context';
import {
  outsideRequests,
  requestContexts,
  type RequestContext,
} from '@/lib/server/request-context';
import { forgetRuntime } from '@/tests/support/runtime';

afterEach(() => {
  vi.unstubAllEnvs();
  forgetRuntime();
});

it('what an answer does not wait for begins when it is out, knows nothing of the request, and is waited for at the end', async () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://localhost/none');
  forgetRuntime();
  // As the server does before the first request.
  outsideRequests(() => undefined);
  const once: (() => void)[] = [];
  const request: RequestContext = {
    clientAddress: '192.0.2.1',
    hasLeft: () => false,
    takesCookies: true,
    onceAnswered: (call) => once.push(call),
    status: null,
  };
  const done: string[] = [];
  let end = (): void => undefined;
  requestContexts().run(request, () => {
    processContext().afterwards(async () => {
      done.push(`begun, with ${requestContexts().getStore() === undefined ? 'no' : 'a'} request`);
      await new Promise<void>((resolve) => (end = resolve));
      done.push('ended');
    });
  });
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  for (const call of once) requestContexts().run(request, call);
  expect(done).toEqual(['begun, with no request']);
  const stopped = stopBackgroundWork().then(() => done.push('stopped'));
  end();
  await stopped;
  expect(done).toEqual(['begun, with no request', 'ended', 'stopped']);
});
