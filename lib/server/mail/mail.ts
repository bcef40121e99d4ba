/**
 * What this application can say by mail: a closed list, so that nothing else
 * can be sent through it. No template has a place for a secret or a key; its
 * one link leads to this instance.
 */
import { z } from 'zod';
import { readEmailAddress } from '@/lib/accounts/email-address';
import { ACCESS_CHANGES } from '@/lib/accounts/outcomes';
import 'server-only';

const to = z.string().refine((text) => readEmailAddress(text) === text);
/** Absolute, below APP_URL. */
const link = z.string();
/** Also taken as text, which is what a date is while a mail waits. */
const instant = z.coerce.date();

export const mailSchema = z.discriminatedUnion('template', [
  z.strictObject({
    template: z.literal('invitation'),
    to,
    /** null when the account of who invited is gone */
    inviterName: z.string().nullable(),
    role: z.enum(['OWNER', 'MEMBER']),
    link,
    expiresAt: instant,
  }),
  z.strictObject({
    template: z.literal('recovery'),
    to,
    name: z.string(),
    link,
    expiresAt: instant,
  }),
  z.strictObject({
    template: z.literal('confirmEmail'),
    to,
    name: z.string(),
    link,
    expiresAt: instant,
  }),
  z.strictObject({
    template: z.literal('guessed'),
    to,
    name: z.string(),
    /** Failed tries at the account. */
    count: z.number(),
    since: instant,
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('wrongCode'),
    to,
    name: z.string(),
    triedAt: instant,
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('replyArrived'),
    to,
    name: z.string(),
    /** What the request asked for. */
    question: z.string(),
    /** How many replies waited when it was written; a mail of a version before does not say. */
    waiting: z.int().positive().default(1),
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('secretOpened'),
    to,
    name: z.string(),
    /** The note or the label of the recipient; empty when there is neither. */
    what: z.string(),
    openedAt: instant,
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('secretDestroyed'),
    to,
    name: z.string(),
    /** The note or the label of the recipient; empty when there is neither. */
    what: z.string(),
    by: z.enum(['recipient', 'wrong_passphrases']),
    destroyedAt: instant,
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('passwordChanged'),
    to,
    name: z.string(),
    dashboardLink: link,
  }),
  z.strictObject({
    template: z.literal('accessChanged'),
    to,
    name: z.string(),
    change: z.enum(ACCESS_CHANGES),
    /** Whose act it was; empty where it was the reader's own, or nobody's. */
    by: z.string(),
    /** The address that it is about; empty where there is none. */
    address: z.string(),
    dashboardLink: link,
  }),
]);

/** A mail to one person, by its template. */
export type Mail = z.output<typeof mailSchema>;

/** Where the one link of a mail leads. */
export function linkOf(mail: Mail): string {
  return 'link' in mail ? mail.link : mail.dashboardLink;
}

/** True for a mail whose link has stopped working: it would only confuse. */
export function isExpired(mail: Mail, nowMs: number): boolean {
  return 'expiresAt' in mail && mail.expiresAt.getTime() <= nowMs;
}

/**
 * The mail, checked.
 *
 * @throws Error for one that may not be sent: to what is not one plain address, or with a link to
 * elsewhere. Callers have checked what people typed, so this is a defect; it quotes nothing.
 */
export function checkMail(mail: Mail, appUrl: URL): Mail {
  const parsed = mailSchema.safeParse(mail);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.'));
    throw new Error(`A mail is wrong in ${fields.join(', ')}.`);
  }
  const url = URL.canParse(linkOf(mail)) ? new URL(linkOf(mail)) : null;
  if (url?.origin !== appUrl.origin) throw new Error('A mail links to another site.');
  // A notice leads to the list of what one sent and asked for; whatever else is in a link to the
  // staff's pages could only tell something.
  if ('dashboardLink' in mail && mail.dashboardLink !== `${appUrl.origin}/dashboard`) {
    throw new Error('A notice would link to more than the dashboard.');
  }
  return parsed.data;
}
