import { describe, expect, it } from 'vitest';
import { describeDevice } from '@/lib/server/accounts/describe-device';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const SAID: readonly (readonly [userAgent: string, words: string])[] = [
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME}`, 'Chrome on Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Edg/140.0`, 'Edge on Windows'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile Safari/604.1',
    'Safari on iPhone',
  ],
  [
    'Mozilla/5.0 (X11; Linux x86_64) (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36',
    'Chrome on Linux',
  ],
  ['curl/8.0', ''],
  ['<script>alert(1)</script>', ''],
];

describe('a browser in the list of sessions', () => {
  it.each(SAID)('is described in words that are ours alone: %s', (userAgent, words) => {
    expect(describeDevice(userAgent)).toBe(words);
  });
});
