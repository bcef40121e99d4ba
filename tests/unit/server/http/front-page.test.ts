import { describe, expect, it } from 'vitest';
import { printedUrl } from '@/lib/server/http/front-page';
import { decide } from '@/lib/server/http/request-gate';

describe('the front page', () => {
  it.each(['/', '/?from=elsewhere'])(
    'is the print for members only while only they may send: %s',
    (url) => {
      expect(printedUrl('GET', url, 'members')).toBe(`/members-only${url.slice(1)}`);
      expect(printedUrl('HEAD', url, 'members')).toBe(`/members-only${url.slice(1)}`);
      expect(printedUrl('GET', url, 'anyone')).toBe(url);
    },
  );

  it('takes its form itself, whoever may send', () => {
    expect(printedUrl('POST', '/', 'members')).toBe('/');
  });

  it('lends its print to no other address', () => {
    for (const url of ['/m/abc', '/how-it-works', '/sign-in?next=/']) {
      expect(printedUrl('GET', url, 'members')).toBe(url);
    }
    const headers = { host: 'localhost:3000' };
    const direct = { method: 'GET', url: '/members-only?x', headers, isHttps: false };
    expect(decide(direct, new URL('http://localhost:3000'))).toEqual({
      kind: 'refuse',
      status: 404,
    });
  });
});
