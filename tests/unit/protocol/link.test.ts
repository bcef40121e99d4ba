import { describe, expect, it } from 'vitest';
import { encodeBase64url, randomBytes, toMessageId, toServerKey } from '@/lib/protocol/bytes';
import {
  formatBrowserLink,
  formatRequestLink,
  isCutShort,
  readLink,
  readRequestLink,
} from '@/lib/protocol/link';
import { createMessageKey, deriveServerKeys } from '@/lib/protocol/keys';
import { sealBrowserLinkToken, sealServerLinkToken } from '@/lib/protocol/tokens';
import { refusalOf } from './refusal';

describe('links', () => {
  it('are read as they were written, through the address bar', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { tokenKey } = await deriveServerKeys(toServerKey(randomBytes(32)));
      const messageKey = createMessageKey();
      const messageId = toMessageId(randomBytes(8));
      const linkToken = sealBrowserLinkToken(tokenKey, messageId);
      const url = new URL(formatBrowserLink(`https://seal.example/m/${linkToken}`, messageKey));
      expect(readLink(url.pathname, url.hash)).toEqual({ seal: 'browser', linkToken, messageKey });
      const serverToken = sealServerLinkToken(tokenKey, messageId, messageKey);
      expect(readLink(`/m/${serverToken}`, '')).toEqual({ seal: 'server', linkToken: serverToken });
    }
  });

  it('survive what mail gateways do to them', () => {
    const linkToken = encodeBase64url(randomBytes(25));
    const messageKey = createMessageKey();
    const key = encodeBase64url(messageKey);
    const rewritten = [
      `https://seal.example/m/${linkToken}?utm_source=mail#${key}`,
      `https://seal.example/m/${linkToken}/?utm_source=mail#${key}`,
      `https://seal.example/m/${linkToken}#${key}?utm_source=mail&utm_medium=x`,
      `https://seal.example/m/${linkToken}#${key}&fbclid=IwAR0`,
      `https://seal.example/m/${linkToken}%23${key}`,
      `https://seal.example/m/${linkToken}%23${key}?utm_source=mail`,
      `https://seal.example/m/${linkToken}%23${key}%3Futm_source%3Dmail`,
    ];
    for (const text of rewritten) {
      const url = new URL(text);
      expect(readLink(url.pathname, url.hash)).toEqual({ seal: 'browser', linkToken, messageKey });
    }
    const moved = new URL(`https://seal.example/m/${linkToken}?utm_source=mail%23${key}`);
    expect(readLink(moved.pathname + moved.search, moved.hash)).toMatchObject({ messageKey });
  });

  it('are refused with any character inserted, dropped or replaced by one of another alphabet', () => {
    const path = `/m/${encodeBase64url(randomBytes(25))}`;
    const hash = `#${encodeBase64url(createMessageKey())}`;
    expect(readLink(path, hash)).not.toBeNull();
    for (let index = 3; index < path.length; index += 1) {
      expect(readLink(path.slice(0, index) + path.slice(index + 1), hash)).toBeNull();
      expect(readLink(`${path.slice(0, index)}+${path.slice(index + 1)}`, hash)).toBeNull();
      expect(readLink(`${path.slice(0, index)}A${path.slice(index)}`, hash)).toBeNull();
    }
    for (let index = 1; index < hash.length; index += 1) {
      expect(readLink(path, hash.slice(0, index) + hash.slice(index + 1))).toBeNull();
      expect(readLink(path, `${hash.slice(0, index)}+${hash.slice(index + 1)}`)).toBeNull();
      expect(readLink(path, `${hash.slice(0, index)}A${hash.slice(index)}`)).toBeNull();
    }
  });

  it('that were cut anywhere are known to be, and none that may be whole or altered is', () => {
    const [serverToken, token] = [41, 25].map((length) => encodeBase64url(randomBytes(length)));
    const key = encodeBase64url(createMessageKey());
    const is = (address: string) => {
      const { pathname, search, hash } = new URL(`https://seal.example${address}`);
      return isCutShort(pathname + search, hash);
    };
    const whole = {
      '/m/': [`/m/${String(serverToken)}`, `/m/${String(token)}#${key}`],
      '/r/': [`/r/${String(token)}#${key}`],
    };
    for (const link of Object.values(whole).flat()) {
      expect(is(link), link).toBe(false);
      expect(is(`${link}?utm_source=mail`), link).toBe(false);
      for (let length = 3; length < link.length; length += 1) {
        expect(is(link.slice(0, length)), link.slice(0, length)).toBe(true);
      }
      for (const altered of [`${link}.`, `${link})`, `${link}A`]) {
        expect(is(altered), altered).toBe(false);
      }
    }
    // One character more, with its key: nothing is missing.
    expect(is(`/m/${String(token)}A#${key}`)).toBe(false);
    expect(is(`/m/${String(token)}%23${key.slice(1)}`)).toBe(true);
    expect(is(`/m/${String(token)}%23${key.slice(1)}#${key}`)).toBe(false);
    expect(is('/m/not+a+link')).toBe(false);
  });

  it('may have a fragment that a server does not see: it takes none for cut that may be whole', () => {
    const token = encodeBase64url(randomBytes(25));
    for (const path of [`/m/${token}`, `/m/${token}A`, `/r/${token}`]) {
      expect(isCutShort(path, null), path).toBe(false);
      expect(isCutShort(path, ''), path).toBe(true);
    }
    expect(isCutShort(`/m/${token.slice(1)}`, null)).toBe(true);
  });

  it('are never made with two fragments', async () => {
    const base = 'https://seal.example/m/x#y';
    expect(await refusalOf(() => formatBrowserLink(base, createMessageKey()))).toBe('bad_link');
  });
});

describe('links to requests', () => {
  const token = encodeBase64url(randomBytes(25));
  const fingerprint = encodeBase64url(randomBytes(16));
  const base = `https://seal.example/r/${token}`;

  it('are read as they were written, and survive what mail gateways do to them', () => {
    const arrived = [
      formatRequestLink(base, fingerprint),
      `${base}?utm_source=mail#${fingerprint}`,
      `${base}/?utm_source=mail#${fingerprint}`,
      `${base}#${fingerprint}&fbclid=IwAR0`,
      `${base}%23${fingerprint}`,
      `${base}%23${fingerprint}?utm_source=mail`,
      `${base}?utm_source=mail%23${fingerprint}`,
    ];
    for (const text of arrived) {
      const url = new URL(text);
      const link = readRequestLink(url.pathname + url.search, url.hash);
      expect(link).toEqual({ token, fingerprint });
    }
    expect(readRequestLink(`/r/${token}`, '')).toEqual({ token, fingerprint: null });
  });

  it('are never taken for links to messages, nor the other way round', () => {
    expect(readLink(`/r/${token}`, `#${fingerprint}`)).toBeNull();
    expect(readRequestLink(`/m/${token}`, `#${fingerprint}`)).toBeNull();
  });

  it('are refused with a fingerprint altered in length or spelling, rather than read without it', () => {
    for (let index = 1; index <= fingerprint.length; index += 1) {
      const [before, after] = [fingerprint.slice(0, index - 1), fingerprint.slice(index)];
      for (const altered of [before + after, `${before}+${after}`, `${before}AA${after}`]) {
        expect(readRequestLink(`/r/${token}`, `#${altered}`)).toBeNull();
      }
    }
  });

  it('are never made with two fragments, nor without a fingerprint', async () => {
    const refusals = [
      await refusalOf(() => formatRequestLink(`${base}#x`, fingerprint)),
      await refusalOf(() => formatRequestLink(base, '')),
    ];
    expect(refusals).toEqual(['bad_link', 'bad_length']);
  });
});
