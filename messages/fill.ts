/**
 * Puts values into a sentence: `fill('Expires {when}', { when })`.
 *
 * A placeholder without a value throws: a sentence with a hole in it is a
 * bug to find in a test, not something for a reader to puzzle over.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`No value for the placeholder ${placeholder}`);
    return String(value);
  });
}
