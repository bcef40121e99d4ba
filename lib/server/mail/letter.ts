/** What each mail says: its words, before they are laid out as text and as HTML. */
import { formatInstant } from '@/lib/format-instant';
import { common } from '@/messages/en/common';
import { mail as words } from '@/messages/en/mail';
import { fill } from '@/messages/fill';
import { linkOf, type Mail } from './mail';
import 'server-only';

export interface Letter {
  /** Whom it is from. */
  readonly brand: string;
  readonly subject: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly button: string;
  /** Absolute URL of the button. */
  readonly link: string;
  /** Below the button, quieter. */
  readonly notes: readonly string[];
}

export function writeLetter(mail: Mail, brandName: string): Letter {
  const brand = oneLine(brandName);
  const { paragraphs, notes, ...letter } = wordsOf(mail, brand);
  const greeting = 'name' in mail ? fill(words.greeting, { name: oneLine(mail.name) }) : '';
  return {
    ...letter,
    brand,
    link: linkOf(mail),
    paragraphs: [greeting, ...paragraphs].filter((text) => text !== ''),
    notes: notes.filter((text) => text !== ''),
  };
}

function wordsOf(mail: Mail, brand: string): Omit<Letter, 'brand' | 'link'> {
  switch (mail.template) {
    case 'invitation': {
      const { heading, button, ...own } = words.invitation;
      const inviter = oneLine(mail.inviterName ?? '');
      return {
        subject: fill(inviter === '' ? own.subjectNobody : own.subject, { inviter, brand }),
        heading,
        button,
        paragraphs: [
          fill(inviter === '' ? own.textNobody : own.text, { inviter, brand }),
          own.roles[mail.role],
        ],
        notes: [fill(own.until, { when: when(mail.expiresAt) }), own.notYou],
      };
    }
    case 'recovery': {
      const { subject, heading, button, ...own } = words.recovery;
      return {
        subject: fill(subject, { brand }),
        heading,
        button,
        paragraphs: [own.text, own.keep],
        notes: [fill(own.until, { when: when(mail.expiresAt) }), own.notYou],
      };
    }
    case 'guessed': {
      const { subject, heading, button, ...own } = words.guessed;
      return {
        subject: fill(subject, { brand }),
        heading,
        button,
        paragraphs: [
          fill(own.text, { count: mail.count, when: when(mail.since) }),
          own.held,
          own.secondFactor,
        ],
        notes: [own.once],
      };
    }
    case 'wrongCode': {
      const { subject, heading, button, ...own } = words.wrongCode;
      return {
        subject: fill(subject, { brand }),
        heading,
        button,
        paragraphs: [fill(own.text, { when: when(mail.triedAt) }), own.notYou],
        notes: [own.once],
      };
    }
    case 'confirmEmail': {
      const { subject, heading, button, ...own } = words.confirmEmail;
      return {
        subject: fill(subject, { brand }),
        heading,
        button,
        paragraphs: [fill(own.text, { address: mail.to })],
        notes: [fill(own.until, { when: when(mail.expiresAt) }), own.notYou],
      };
    }
    case 'replyArrived': {
      const { button, notHere, quiet, several, ...one } = words.replyArrived;
      const own = mail.waiting === 1 ? one : several;
      const about = { question: oneLine(mail.question), count: mail.waiting };
      return {
        subject: fill(own.subject, about),
        heading: fill(own.heading, about),
        button,
        paragraphs: [fill(own.text, about), own.once],
        notes: [notHere, quiet],
      };
    }
    case 'secretOpened': {
      const { heading, button, ...own } = words.secretOpened;
      const what = oneLine(mail.what);
      return {
        subject: fill(what === '' ? own.subjectNobody : own.subject, { what }),
        heading,
        button,
        paragraphs: [
          fill(what === '' ? own.textNobody : own.text, { what, when: when(mail.openedAt) }),
          own.alarm,
        ],
        notes: [],
      };
    }
    case 'secretDestroyed': {
      const { heading, button, ...own } = words.secretDestroyed;
      const what = oneLine(mail.what);
      const text = (what === '' ? own.textNobody : own.text)[mail.by];
      return {
        subject: fill(what === '' ? own.subjectNobody : own.subject, { what }),
        heading,
        button,
        paragraphs: [fill(text, { what, when: when(mail.destroyedAt) }), own.unread],
        notes: [],
      };
    }
    case 'accessChanged': {
      const { button, changes } = words.accessChanged;
      const { subject, heading, text, then } = changes[mail.change];
      const named = { brand, by: oneLine(mail.by), address: oneLine(mail.address) };
      return {
        subject: fill(subject, named),
        heading,
        button,
        paragraphs: [fill(text, named), fill(then, named)],
        notes: [],
      };
    }
    case 'passwordChanged': {
      const { subject, heading, button, ...own } = words.passwordChanged;
      return {
        subject: fill(subject, { brand }),
        heading,
        button,
        paragraphs: [own.text, own.notYou],
        notes: [],
      };
    }
  }
}

/** The reader may be anywhere, so the time is in UTC and says so. */
function when(instant: Date): string {
  return formatInstant(instant, common.language.code, 'UTC');
}

/** Characters of what people named or noted that a mail quotes. */
const MAX_LENGTH = 120;

/**
 * What a person typed, made fit for a line of a mail: without line ends and other controls, which
 * could begin a header, without `=?`, which begins the encoded form of such (RFC 2047), and without
 * the invisible marks that turn the direction of what follows. An address of the web in it stays
 * text: mail programs would make a link of it, in the name of this site.
 */
export function oneLine(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll('=?', '= ?')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = Array.from(line);
  return withoutLinks(
    characters.length <= MAX_LENGTH ? line : `${characters.slice(0, MAX_LENGTH - 1).join('')}…`,
  );
}

/**
 * A word joiner, which shows nothing, where the programs would see a host, a scheme or an address.
 * They differ in what a host may hold (emoji, marks, underscores), so within a word it stands behind
 * every sign that one of them goes by.
 */
function withoutLinks(line: string): string {
  return line.replace(/(?<=\S)[.@:。．｡․＠：](?=\S)/gu, '$&\u2060');
}
