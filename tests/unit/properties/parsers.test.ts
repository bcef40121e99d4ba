import { BlockList, isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEmailAddress } from '@/lib/accounts/email-address';
import { dashboardPath, readDashboardQuery, KINDS, SHOWN } from '@/lib/dashboard/query';
import { readRecipients } from '@/lib/sealed/recipients';
import { encodeBase64url, toMessageKey } from '@/lib/protocol/bytes';
import {
  formatBrowserLink,
  formatRequestLink,
  readLink,
  readRequestLink,
} from '@/lib/protocol/link';
import { webAddress } from '@/lib/secrets/field-rules';
import { clientAddressOf } from '@/lib/server/http/connections';
import { decide } from '@/lib/server/http/request-gate';
import { readMailFrom, readSmtpUrl } from '@/lib/server/mail/mail-settings';
import { readForm } from '@/lib/server/action';
import { parseSettings } from '@/lib/server/settings';
import { anyText, bytesOf, nearlyBase64url, oneOf } from './arbitraries';

const token = bytesOf(25).map(encodeBase64url);
const serverToken = bytesOf(41).map(encodeBase64url);
const key = bytesOf(16);
const tail = fc.constantFrom('', '?utm_source=mail', '&fbclid=a-b_c', '%3Futm=1', '%26x=%23y');

describe('links, as gateways rewrite them', () => {
  it('give back token and key, wherever the gateway moved the fragment', () => {
    const rewritten = fc.constantFrom(
      (link: string, end: string) => link.replace('#', '%23') + end,
      (link: string, end: string) => link.replace('#', '/#') + end,
      (link: string, end: string) => link + end,
      (link: string, end: string) => {
        const [path = '', fragment = ''] = link.split('#');
        return end === '' ? link : `${path}${end}%23${fragment}`;
      },
    );
    fc.assert(
      fc.property(token, key, tail, rewritten, (linkToken, drawn, end, rewrite) => {
        const messageKey = toMessageKey(drawn);
        const message = rewrite(formatBrowserLink(`/m/${linkToken}`, messageKey), end);
        expect(readLink(...apart(message))).toEqual({ seal: 'browser', linkToken, messageKey });
        const fingerprint = encodeBase64url(drawn);
        const request = rewrite(formatRequestLink(`/r/${linkToken}`, fingerprint), end);
        expect(readRequestLink(...apart(request))).toEqual({ token: linkToken, fingerprint });
      }),
    );
  });

  it('with two keys are refused: nobody guesses which is meant', () => {
    fc.assert(
      fc.property(token, key.map(encodeBase64url), key.map(encodeBase64url), (text, one, two) => {
        expect(readLink(`/m/${text}%23${one}`, `#${two}`)).toBeNull();
        expect(readRequestLink(`/r/${text}%23${one}`, `#${two}`)).toBeNull();
      }),
    );
  });

  it('of the server seal give back their token, whatever was appended', () => {
    fc.assert(
      fc.property(serverToken, tail, fc.constantFrom('', '/'), (linkToken, end, slash) => {
        const link = `/m/${linkToken}${slash}${end}`;
        expect(readLink(...apart(link))).toEqual({ seal: 'server', linkToken });
      }),
    );
  });

  it('are read or refused, never thrown at, and what is read is canonical', () => {
    const part = fc.oneof(anyText, nearlyBase64url(22, 34, 55), tail);
    const path = fc
      .tuple(fc.constantFrom('/m/', '/r/', '/s/', ''), fc.array(part, { maxLength: 4 }))
      .map(([start, parts]) => start + parts.join(''));
    fc.assert(
      fc.property(
        path,
        fc.oneof(
          part,
          part.map((text) => `#${text}`),
        ),
        (pathname, hash) => {
          const message = readLink(pathname, hash);
          if (message !== null) {
            expect(message.linkToken).toMatch(/^[\w-]{34}$|^[\w-]{55}$/);
            expect(pathname).toContain(message.linkToken);
          }
          const request = readRequestLink(pathname, hash);
          if (request !== null) expect(pathname).toContain(request.token);
        },
      ),
    );
  });

  /** As a browser takes it apart: `location.pathname` with the query, `location.hash`. */
  function apart(link: string): [string, string] {
    const at = link.indexOf('#');
    return at === -1 ? [link, ''] : [link.slice(0, at), link.slice(at)];
  }
});

describe('what people type and programs send', () => {
  it('recipients: each once, none empty, and read again the same', () => {
    fc.assert(
      fc.property(
        fc.array(anyText).map((lines) => lines.join('\n')),
        (text) => {
          const read = readRecipients(text);
          expect(new Set(read).size).toBe(read.length);
          expect(read).not.toContain('');
          expect(readRecipients(read.join('\r\n'))).toEqual(read);
        },
      ),
    );
  });

  it('e-mail addresses: refused, or in lower case and one plain address for good', () => {
    const label = fc.string({ unit: oneOf('ab1.-@+_" ,<>%\u212a'), maxLength: 12 });
    const text = fc.oneof(
      anyText,
      fc.emailAddress(),
      // Letters that become ASCII in lower case, and what has a meaning for old relays.
      fc
        .tuple(fc.emailAddress(), fc.nat(), oneOf('\u212a\u017f\u0130 ,<>"%!'))
        .map(([address, position, other]) => {
          const index = position % address.length;
          return address.slice(0, index) + other + address.slice(index + 1);
        }),
      fc.tuple(label, label).map((parts) => parts.join('@')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const address = readEmailAddress(typed);
        if (address === null) return;
        expect(typed).toMatch(/^[\x21-\x7e]+$/);
        expect(address).toBe(typed.toLowerCase());
        expect(address).toMatch(/^[\x21-\x7e]+@[a-z0-9.-]+$/);
        expect(address).not.toMatch(/[\s,<>"%!;:\\()]/);
        expect(readEmailAddress(address)).toBe(address);
      }),
    );
  });

  it('the query of the dashboard: one of its values, never an object, and written as it is read', () => {
    const value = fc.oneof(
      anyText,
      fc.constantFrom<string>(...SHOWN, ...KINDS),
      fc.array(anyText, { maxLength: 2 }),
      fc.tuple(fc.nat(), nearlyBase64url(16, 34)).map(([time, handle]) => `${time}-${handle}`),
    );
    const given = fc.dictionary(
      fc.oneof(fc.constantFrom('show', 'kind', 'after', '__proto__', 'constructor'), anyText),
      value,
    );
    fc.assert(
      fc.property(given, (query) => {
        const read = readDashboardQuery(query);
        expect(SHOWN).toContain(read.show);
        expect(KINDS).toContain(read.kind);
        const url = new URL(dashboardPath(read, read.after), 'http://localhost');
        expect(readDashboardQuery(Object.fromEntries(url.searchParams))).toEqual(read);
      }),
    );
  });

  it('addresses of clients: an address or a network of one, whatever the header says', () => {
    const trusted = new BlockList();
    trusted.addAddress('127.0.0.1');
    trusted.addSubnet('10.0.0.0', 8);
    const hop = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.ipV4().map((address) => `::ffff:${address}`),
      fc.tuple(fc.ipV4(), fc.nat({ max: 65_535 })).map(([address, port]) => `${address}:${port}`),
      fc.tuple(fc.ipV6(), fc.nat({ max: 65_535 })).map(([address, port]) => `[${address}]:${port}`),
      anyText,
    );
    const forwarded = fc.option(
      fc.array(hop, { maxLength: 5 }).map((hops) => hops.join(', ')),
      { nil: undefined },
    );
    const peer = fc.oneof(fc.constantFrom('127.0.0.1', '::ffff:127.0.0.1'), fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(peer, forwarded, (from, header) => {
        const address = clientAddressOf(from, header, trusted);
        expect(isIP(address.replace(/\/64$/, ''))).toBeGreaterThan(0);
        expect(clientAddressOf('203.0.113.7', header, trusted)).toBe('203.0.113.7');
      }),
    );
  });

  it('settings: read, or refused by name without repeating the value', () => {
    const names = [
      'PORT',
      'HOST',
      'APP_URL',
      'DATABASE_URL',
      'LEASE_SECONDS',
      'TRUSTED_PROXIES',
      'RESTORED_DATABASE',
      'ALLOW_UNSAFE_DATABASE',
      'SMTP_URL',
      'MAIL_FROM',
    ] as const;
    const value = fc.oneof(anyText, fc.webUrl(), fc.ipV4(), fc.integer().map(String));
    const environment = fc.dictionary(
      fc.oneof(fc.constantFrom(...names), fc.constantFrom('__proto__', 'constructor')),
      value,
    );
    fc.assert(
      fc.property(environment, (env) => {
        const parsed = parseSettings(env);
        if (parsed.ok) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const problem of parsed.problems) {
          expect(names).toContain(problem.name);
          expect(problem.shouldBe.length).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('addresses of mail servers, senders and the web: refused or whole', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.webUrl(), fc.emailAddress()), (text) => {
        const server = readSmtpUrl(text.replace(/^https?/, 'smtp'));
        if (server !== null) expect(server.port).toBeLessThan(65_536);
        const sender = readMailFrom(`${text} <a@example.org>`);
        if (sender !== null) expect(sender.name).not.toMatch(/[\r\n"\\]/);
        const address = webAddress(text);
        if (address !== null) expect(address).toMatch(/^https?:\/\//);
      }),
    );
  });

  it('requests at the gate: let through, sent on or refused', () => {
    const appUrl = new URL('https://secrets.example.org');
    const headers = fc.dictionary(
      fc.constantFrom('origin', 'host', 'cookie', 'sec-fetch-site', 'content-length'),
      fc.oneof(anyText, fc.webUrl(), fc.constantFrom('null', 'same-origin', appUrl.origin)),
    );
    const url = fc.oneof(
      anyText,
      fc.webPath(),
      anyText.map((text) => `/${text}`),
    );
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'HEAD', 'POST', 'PUT'),
        url,
        headers,
        fc.boolean(),
        fc.boolean(),
        (method, path, sent, isHttps, takesCookies) => {
          const asked = { method, url: path, headers: sent, isHttps, takesCookies };
          const decision = decide(asked, appUrl);
          // Wherever it sends somebody on to, that is one of our own pages.
          if (decision.kind === 'redirect') {
            expect(new URL(decision.location).origin).toBe(appUrl.origin);
          }
          if (decision.kind === 'pass' && method === 'POST' && sent['origin'] !== undefined) {
            expect([appUrl.origin, 'null']).toContain(
              sent['origin'] === 'null' ? 'null' : new URL(sent['origin']).origin,
            );
          }
        },
      ),
    );
  });

  it('forms: single strings under their own names, or refused', () => {
    const name = fc.oneof(anyText, fc.constantFrom('__proto__', 'hasOwnProperty', '$ACTION_1:0'));
    const field = fc.tuple(name, fc.oneof(anyText, fc.constant(new Blob(['file']))));
    fc.assert(
      fc.property(fc.array(field, { maxLength: 6 }), (fields) => {
        const form = new FormData();
        for (const [key, value] of fields) {
          if (typeof value === 'string') form.append(key, value);
          else form.append(key, value, 'file.txt');
        }
        const read = readForm(form);
        if (read === null) return;
        for (const [key, value] of Object.entries(read)) {
          expect(form.getAll(key)).toEqual([value]);
          expect(typeof value).toBe('string');
        }
        expect(Object.getPrototypeOf(read)).toBeNull();
      }),
    );
  });
});
