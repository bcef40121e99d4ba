import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { choosePrinted, printedUrl } from '@/lib/server/http/front-page';

describe('the front page', () => {
  it.each(['/', '/?from=elsewhere'])(
    'is the print for members only while only they may send: %s',
    (url) => {
      expect(printedUrl('GET', url, 'members')).toBe(`/members-only${url.slice(1)}`);
      expect(printedUrl('HEAD', url, 'members')).toBe(`/members-only${url.slice(1)}`);
      expect(printedUrl('GET', url, 'anyone')).toBe(url);
    },
  );

  it('is a whole page, also for whoever asks for a part: that would tell the address of the print', () => {
    const request = new IncomingMessage(new Socket());
    request.method = 'GET';
    request.url = '/';
    Object.assign(request.headers, { rsc: '1', 'next-router-prefetch': '1', accept: '*/*' });
    choosePrinted(request, 'anyone');
    expect(request.headers).toMatchObject({ rsc: '1' });
    choosePrinted(request, 'members');
    expect(request.url).toBe('/members-only');
    expect(request.headers).toEqual({ accept: '*/*' });
  });

  it('takes its form itself, whoever may send', () => {
    expect(printedUrl('POST', '/', 'members')).toBe('/');
  });

  it('lends its print to no other address', () => {
    for (const url of ['/m/abc', '/how-it-works', '/sign-in?next=/']) {
      expect(printedUrl('GET', url, 'members')).toBe(url);
    }
  });
});
