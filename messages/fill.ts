/**
 * Puts values into a sentence: `fill('Expires {when}', { when })`.
 *
 * A placeholder without a value throws: a sentence with a hole in it is a
 * bug to find in a test, not something for a reader to puzzle over. What people
 * wrote from right to left keeps its direction to itself.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`No value for the placeholder ${placeholder}`);
    return typeof value === 'string' ? isolated(value) : String(value);
  });
}

const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * For text beside other text: what is written from right to left stands in marks (FSI, PDI) that
 * keep it from turning its neighbours around. Everything else stays as it is, what stands in marks too.
 */
export function isolated(text: string): string {
  const isIsolated = text.startsWith('\u2068') && text.endsWith('\u2069');
  return RIGHT_TO_LEFT.test(text) && !isIsolated ? `\u2068${text}\u2069` : text;
}
