import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { StaffPageRefused } from '@/components/account/staff-page-refused';
import { ReplyCalm } from '@/components/request/reply-states';
import { ReplyStatusView } from '@/components/request/reply-status-view';
import { ServerSealed } from '@/components/secret/server-sealed';
import { StatusView } from '@/components/secret/status-view';
import { faultHeading, refusals } from '@/messages/en/errors';

const never = () => new Promise<never>(() => undefined);

const pagesWith = (refusal: 'look_failed' | 'fault_in_look') => {
  const initial = { status: 'refused', refusal } as const;
  const opened = { openServerSealed: never, acknowledge: never };
  return {
    'of staff': createElement(StaffPageRefused, { refusal, path: '/dashboard' }),
    'of a link': createElement(ServerSealed, {
      ...{ linkToken: 'x', nonce: 'x', initial, actions: opened, leaseSeconds: 60 },
    }),
    'of a status': createElement(StatusView, {
      ...{ statusToken: 'x', initial, destroyFromStatus: never },
    }),
    'of a request': createElement(ReplyCalm, { look: initial, posted: null }),
    'of a reply': createElement(ReplyStatusView, {
      ...{ statusToken: 'x', initial, withdraw: never },
    }),
  };
};

it.each(Object.entries(pagesWith('fault_in_look')))(
  'a page %s that a bug keeps from being shown says that it is our mistake, and not to try again',
  (_, page) => {
    const html = renderToString(page);
    expect(html).toContain(`>${faultHeading}<`);
    expect(html).toContain(refusals.fault_in_look);
    expect(html).not.toMatch(/Not just now|Try again/);
  },
);

it.each(Object.entries(pagesWith('look_failed')))(
  'and a page %s that waits for its database says so',
  (_, page) => {
    const html = renderToString(page);
    expect(html).toContain('>Not just now<');
    expect(html).toContain(refusals.look_failed);
    expect(html).not.toContain(faultHeading);
  },
);
