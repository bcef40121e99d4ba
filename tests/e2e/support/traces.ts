/** Looks for a text wherever it must not be, in every form in which software writes texts down. */

/**
 * The forms in which `needle` is found in `haystack`; empty if in none.
 *
 * @param needle long and random enough not to be there by chance
 */
export function tracesOf(needle: string | Uint8Array, haystack: Uint8Array): string[] {
  const bytes = Buffer.from(needle);
  const place = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  // Texts that need no escape look the same in several forms: once is enough.
  const forms = new Map(
    formsOf(bytes).map(([name, form]) => [form.toString('latin1'), { name, form }]),
  );
  return [...forms.values()].filter(({ form }) => place.includes(form)).map(({ name }) => name);
}

function formsOf(bytes: Buffer): [name: string, form: Buffer][] {
  const text = bytes.toString('latin1');
  const hex = bytes.toString('hex');
  return [
    ['raw', bytes],
    ['UTF-16', Buffer.from(bytes.toString('utf8'), 'utf16le')],
    ['hex', Buffer.from(hex)],
    ['HEX', Buffer.from(hex.toUpperCase())],
    ['percent-encoded', Buffer.from(encodeURIComponent(bytes.toString('utf8')))],
    ['percent-encoded throughout', Buffer.from(text.replace(/./gs, percentOf))],
    ['JSON', Buffer.from(JSON.stringify(bytes.toString('utf8')).slice(1, -1))],
    ['decimals', Buffer.from(bytes.join(','))],
    ...[0, 1, 2].flatMap((shift) => base64Forms(bytes, shift)),
  ];
}

/** What `bytes` look like inside the base64 of something longer, `shift` bytes into it. */
function base64Forms(bytes: Buffer, shift: number): [string, Buffer][] {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replace(/=+$/, '');
  const first = shift === 0 ? 0 : shift + 1;
  // The last character, too, may share bits with what follows.
  const last = (shift + bytes.length) % 3 === 0 ? whole.length : whole.length - 1;
  const inner = whole.slice(first, last);
  const urlSafe = inner.replaceAll('+', '-').replaceAll('/', '_');
  return [
    [`base64 (+${String(shift)})`, Buffer.from(inner)],
    [`base64url (+${String(shift)})`, Buffer.from(urlSafe)],
  ];
}

function percentOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
