import { describe, expect, it } from 'vitest';
import { oneLine } from '@/lib/server/mail/one-line';

describe('what is quoted in a mail', () => {
  it.each([
    ['Jo Berg', 'Jo Berg'],
    ['  Jo \t Berg ', 'Jo Berg'],
    ['Jo\r\nBcc: x', 'Jo Bcc: x'],
    ['Jo\u0085\u2028\u2029\0Berg', 'Jo Berg'],
    ['a\u202eb\u2066c\u200bd', 'a b c d'],
    ['=?utf-8?Q?=0A?=', '= ?utf-8?Q?=0A?='],
    ['a\ud800b', 'a b'],
    ['Bäckerei 🥐 “Tal”', 'Bäckerei 🥐 “Tal”'],
    ['\r\n', ''],
    ['Jo B. Berg: 10.30', 'Jo B. Berg: 10.\u206030'],
    ['www.evil.example', 'www.\u2060evil.\u2060example'],
    ['https://evil.example', 'https:\u2060//evil.\u2060example'],
    ['a@evil.example', 'a@\u2060evil.\u2060example'],
    ['🔒.com/x', '🔒.\u2060com/x'],
    ['a❤.ws', 'a❤.\u2060ws'],
    ['evil\u0332.com', 'evil\u0332.\u2060com'],
    ['foo_.com', 'foo_.\u2060com'],
    ['evil．com｡x', 'evil．\u2060com｡\u2060x'],
    ['evil..com', 'evil.\u2060.\u2060com'],
    ['mailto:x', 'mailto:\u2060x'],
  ])('is one line without hidden marks: %j', (text, line) => {
    expect(oneLine(text)).toBe(line);
  });

  it('is cut after 120 characters, and never in the middle of one', () => {
    expect(oneLine('🥐'.repeat(120))).toBe('🥐'.repeat(120));
    expect(oneLine('🥐'.repeat(121))).toBe(`${'🥐'.repeat(119)}…`);
  });
});
