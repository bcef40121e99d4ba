/** What each mail says: its words, before they are laid out as text and as HTML. */
import { formatInstant } from '@/lib/format-instant';
import { common } from '@/messages/en/common';
import { mail as words } from '@/messages/en/mail';
import { fill } from '@/messages/fill';
import { linkOf, type Mail } from './mail';
import { oneLine } from './one-line';
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

/** Whoever reads the mail may be anywhere: UTC, said as such. */
function when(instant: Date): string {
  return formatInstant(instant, common.language.code, 'UTC');
}
