import { describe, expect, it } from 'vitest';
import { webAddress } from '@/lib/secrets/web-address';

describe('an address in a field', () => {
  it.each(['https://example.com/a?b=c#d', 'http://127.0.0.1:8080/', 'HTTPS://EXAMPLE.COM'])(
    'leads somewhere: %s',
    (value) => {
      expect(webAddress(value)).toBe(new URL(value).href);
    },
  );

  it.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'vbscript:x',
    'ftp://example.com/',
    'intent://x#Intent;end',
    'mailto:a@example.com',
    'example.com/login',
    '//example.com',
    '/settings',
    'https://',
    '',
  ])('stays text: %j', (value) => {
    expect(webAddress(value)).toBeNull();
  });
});
