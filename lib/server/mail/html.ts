import 'server-only';

/**
 * Markup that only the template below can make: what stands in the source is
 * trusted, what is filled in is text and gets escaped.
 */
class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

export type { Html };

/** html`<p>${name}</p>`: a string is escaped, markup of this template is taken as it is. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const filled = values.map((value, index) => `${fill(value)}${parts[index + 1] ?? ''}`);
  return new Html(`${parts[0] ?? ''}${filled.join('')}`);
}

function fill(value: string | Html | readonly Html[]): string {
  if (typeof value === 'string') return escape(value);
  return value instanceof Html ? value.toString() : value.join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
