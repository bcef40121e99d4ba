import { describe, expect, it } from 'vitest';
import { ACCESS_CHANGES } from '@/lib/accounts/outcomes';
import { oneLine, writeLetter } from '@/lib/server/mail/letter';
import { mailSchema, type Mail } from '@/lib/server/mail/mail';
import { renderHtml, renderText } from '@/lib/server/mail/render-letter';

const to = 'anna@example.org';
const at = new Date('2026-05-04T10:00:00Z');
const link = 'https://secrets.example.org/invitation/x?a=1&b=2';
const dashboardLink = 'https://secrets.example.org/dashboard';

const MAILS: Mail[] = [
  { template: 'invitation', to, inviterName: 'Jo', role: 'OWNER', link, expiresAt: at },
  { template: 'invitation', to, inviterName: null, role: 'MEMBER', link, expiresAt: at },
  { template: 'recovery', to, name: 'Anna', link, expiresAt: at },
  { template: 'confirmEmail', to, name: 'Anna', link, expiresAt: at },
  replyArrived('The login'),
  replyArrived('The login', 12),
  { template: 'guessed', to, name: 'Anna', count: 214, since: at, dashboardLink },
  { template: 'wrongCode', to, name: 'Anna', triedAt: at, dashboardLink },
  { template: 'secretOpened', to, name: 'Anna', what: 'For Jo', openedAt: at, dashboardLink },
  { template: 'secretOpened', to, name: 'Anna', what: '', openedAt: at, dashboardLink },
  destroyed('recipient', 'For Jo'),
  destroyed('recipient', ''),
  destroyed('wrong_passphrases', 'For Jo'),
  destroyed('wrong_passphrases', ''),
  { template: 'passwordChanged', to, name: 'Anna', dashboardLink },
  ...ACCESS_CHANGES.map((change): Mail => {
    const named = { by: 'Olivia', address: 'new@example.org' };
    return { template: 'accessChanged', to, name: 'Anna', change, ...named, dashboardLink };
  }),
];

function replyArrived(question: string, waiting = 1): Mail {
  return { template: 'replyArrived', to, name: 'Anna', question, waiting, dashboardLink };
}

function destroyed(by: 'recipient' | 'wrong_passphrases', what: string): Mail {
  return {
    template: 'secretDestroyed',
    to,
    name: 'Anna',
    what,
    by,
    destroyedAt: at,
    dashboardLink,
  };
}

function partsOf(mail: Mail, brand = 'Berg & Tal') {
  const letter = writeLetter(mail, brand);
  return { ...letter, text: renderText(letter), html: renderHtml(letter) };
}

describe.each(MAILS)('a mail of the template $template', (mail) => {
  const { subject, heading, text, html } = partsOf(mail);

  it('says the same as text and as HTML, in the name of the brand', () => {
    for (const part of [text, html]) {
      expect(part).toContain(heading);
      expect(part).toMatch(/Berg (&|&amp;) Tal sent this mail/);
    }
    expect(subject).not.toBe('');
    expect(`${subject}${text}${html}`).not.toMatch(/\{\w+\}|undefined|null|“”/);
  });

  it('has one link, as a button and as a plain address', () => {
    const url = 'link' in mail ? mail.link : mail.dashboardLink;
    expect(text.match(/https?:\S+/g)).toEqual([url]);
    const escaped = url.replace('&', '&amp;');
    expect(html.match(/href="[^"]*"/g)).toEqual([`href="${escaped}"`, `href="${escaped}"`]);
    expect(html).toContain(`>${escaped}</a>`);
  });

  it('fetches nothing and follows nobody: no picture, no script, no address but its link', () => {
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form)\b|url\(|@import|src=/i);
  });

  it('suits light and dark surroundings', () => {
    expect(html).toContain('<meta name="color-scheme" content="light dark"');
    expect(html).toContain('prefers-color-scheme: dark');
  });
});

describe('a list of mails to test', () => {
  it('has every template there is', () => {
    const templates = mailSchema.options.map(({ shape }) => shape.template.value);
    expect([...new Set(MAILS.map(({ template }) => template))].sort()).toEqual(templates.sort());
  });
});

describe('a mail with a time', () => {
  it('says it in UTC, since its reader may be anywhere', () => {
    const texts = MAILS.filter((mail) =>
      ['expiresAt', 'openedAt', 'destroyedAt', 'since', 'triedAt'].some((time) => time in mail),
    );
    for (const mail of texts) expect(partsOf(mail).text).toContain('4 May 2026, 10:00\u00a0UTC');
  });
});

describe('markup in what people typed', () => {
  const markup = `<b onclick='x'>"&amp;</b>`;
  const inert = '&lt;b onclick=&#39;x&#39;&gt;&quot;&amp;amp;&lt;/b&gt;';

  it.each<Mail>([
    { template: 'invitation', to, inviterName: markup, role: 'OWNER', link, expiresAt: at },
    { template: 'recovery', to, name: markup, link, expiresAt: at },
    replyArrived(markup),
    { template: 'secretOpened', to, name: 'A', what: markup, openedAt: at, dashboardLink },
    destroyed('recipient', markup),
  ])('is inert: $template', (mail) => {
    const { html, text } = partsOf(mail);
    expect(html).toContain(inert);
    expect(html).not.toContain(markup);
    expect(text).toContain(markup);
  });

  it('is inert in the name of the brand', () => {
    for (const mail of MAILS) expect(partsOf(mail, markup).html).not.toContain('<b ');
  });

  it('fills no placeholder of the words', () => {
    const { subject } = partsOf(replyArrived('{brand} {count} $& $1'));
    expect(subject).toBe('A reply arrived: {brand} {count} $& $1');
  });
});

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
