import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '@/lib/protocol/base64url';
import { randomBytes, toMessageId } from '@/lib/protocol/bytes';
import { formatBrowserLink, readLink } from '@/lib/protocol/link';
import { createMessageKey } from '@/lib/protocol/message-keys';
import { deriveServerKeys } from '@/lib/protocol/server-keys';
import { sealBrowserLinkToken, sealServerLinkToken } from '@/lib/protocol/tokens';
import { refusalOf } from './refusal';

describe('links', () => {
  it('are read as they were written, through the address bar', async () => {
    for (let round = 0; round < 50; round += 1) {
      const { tokenKey } = await deriveServerKeys(randomBytes(32));
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

  it('are never made with two fragments', async () => {
    const base = 'https://seal.example/m/x#y';
    expect(await refusalOf(() => formatBrowserLink(base, createMessageKey()))).toBe('bad_link');
  });
});
