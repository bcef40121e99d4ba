import { describe, expect, it } from 'vitest';
import { readEmailAddress } from '@/lib/accounts/email-address';

describe('an e-mail address', () => {
  it.each([
    ['anna@example.org', 'anna@example.org'],
    ['Anna.Berg@Example.ORG', 'anna.berg@example.org'],
    ['anna+clients@mail.example.co.uk', 'anna+clients@mail.example.co.uk'],
    ["o'brien@example.org", "o'brien@example.org"],
    ['anna_b-2@xn--bcher-kva.example', 'anna_b-2@xn--bcher-kva.example'],
    ['sealpost@localhost', 'sealpost@localhost'],
    [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
  ])('has one spelling: %s', (text, address) => {
    expect(readEmailAddress(text)).toBe(address);
  });

  it.each([
    ['nothing', ''],
    ['no at sign', 'anna'],
    ['no mailbox', '@example.org'],
    ['no domain', 'anna@'],
    ['two at signs', 'anna@evil.example@example.org'],
    ['a second address', 'anna@example.org,eve@example.org'],
    ['a second address after a semicolon', 'anna@example.org;eve@example.org'],
    ['a name', 'Anna <anna@example.org>'],
    ['a quoted mailbox', '"anna@evil.example"@example.org'],
    ['a backslash', 'anna\\@example.org'],
    ['a comment', 'anna(eve)@example.org'],
    ['a space before', ' anna@example.org'],
    ['a space after', 'anna@example.org '],
    ['a space inside', 'an na@example.org'],
    ['a tab', 'anna\t@example.org'],
    ['a header after a line end', 'anna@example.org\r\nBcc: eve@example.org'],
    ['a line feed at its end', 'anna@example.org\n'],
    ['a null character', 'anna@example.org\0'],
    ['a route with a percent sign', 'anna%evil.example@example.org'],
    ['a route with an exclamation mark', 'evil!anna@example.org'],
    ['a dot first', '.anna@example.org'],
    ['a dot last', 'anna.@example.org'],
    ['two dots', 'an..na@example.org'],
    ['a dot after the domain', 'anna@example.org.'],
    ['two dots in the domain', 'anna@example..org'],
    ['a hyphen at the edge of a label', 'anna@-example.org'],
    ['an underscore in the domain', 'anna@ex_ample.org'],
    ['an IP address', 'anna@192.0.2.7'],
    ['an IP literal', 'anna@[192.0.2.7]'],
    ['a Cyrillic lookalike', 'аnna@example.org'],
    ['a lookalike domain', 'anna@exаmple.org'],
    ['a full-width letter', 'anna@ｅxample.org'],
    ['the Kelvin sign', 'ma\u212A@example.org'],
    ['an invisible character', 'an\u200bna@example.org'],
    ['a right-to-left override', '\u202eanna@example.org'],
    ['a label of 64', `anna@${'a'.repeat(64)}.example`],
    ['a mailbox of 65', `${'a'.repeat(65)}@example.org`],
    ['255 characters', `anna@${'a.'.repeat(121)}example`.slice(0, 255).padEnd(255, 'e')],
  ])('is refused with %s', (_, text) => {
    expect(readEmailAddress(text)).toBeNull();
  });

  it('is taken up to 254 characters', () => {
    const longest = `anna@${'a.'.repeat(121)}examples`.slice(0, 254).padEnd(254, 'e');
    expect(longest).toHaveLength(254);
    expect(readEmailAddress(longest)).toBe(longest);
  });

  it('is decided fast, also for a hostile text', () => {
    expect(readEmailAddress(`${'a.'.repeat(30)}@${'a-'.repeat(100)}`)).toBeNull();
  });
});
