/**
 * '30 November 2026, 22:08 UTC': an instant for a reader, in `timeZone` (the
 * device's own if undefined).
 *
 * The pieces come from the platform, their order does not: two versions of
 * its tables may join them differently, and then the browser would find
 * another text than the server printed.
 */
export function formatInstant(instant: Date, locale: string, timeZone: string | undefined): string {
  const parts = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find((candidate) => candidate.type === type)?.value ?? '';
  const day = `${part('day')} ${part('month')} ${part('year')}`;
  // The zone alone on a line would belong to nothing.
  return `${day}, ${part('hour')}:${part('minute')}\u00a0${part('timeZoneName')}`;
}
