/** Turns whatever was posted into plain strings, or refuses it. */

/** React's own fields, which carry the action's name and its previous state. */
const FRAMEWORK_FIELD = /^\$ACTION_|^\d+_\$ACTION_/;

/**
 * The fields of a form. null for anything but a form whose fields are single
 * strings: a file, a field given twice or an object posted by hand.
 */
export function readForm(posted: unknown): Record<string, string> | null {
  if (!(posted instanceof FormData)) return null;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of posted) {
    if (FRAMEWORK_FIELD.test(name)) continue;
    if (typeof value !== 'string' || name in fields) return null;
    fields[name] = value;
  }
  return fields;
}

/** Bytes of text in a form, for the limit on what may be stored. */
export function formSize(fields: Readonly<Record<string, string>>): number {
  return Object.values(fields).reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}
