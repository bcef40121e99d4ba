import { expect, it, vi } from 'vitest';
import { requestContexts } from '@/lib/server/request-context';
import { withStretchingRoom } from '@/lib/server/stretch-passphrase';

it('a passphrase is stretched for nobody who has closed the connection', async () => {
  const work = vi.fn(() => Promise.resolve('stretched'));
  const ask = (hasLeft: boolean) =>
    requestContexts().run(
      {
        clientAddress: '192.0.2.1',
        hasLeft: () => hasLeft,
        takesCookies: true,
        onceAnswered: () => undefined,
        status: null,
      },
      () => withStretchingRoom({ kind: 'open' }, work),
    );
  expect(await ask(true)).toBeNull();
  expect(work).not.toHaveBeenCalled();
  expect(await ask(false)).toBe('stretched');
});
