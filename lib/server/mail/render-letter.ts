/** A letter as the two parts of a mail. Nothing in it is fetched from anywhere, so nothing tracks. */
import { common } from '@/messages/en/common';
import { mail as words } from '@/messages/en/mail';
import { fill } from '@/messages/fill';
import type { Letter } from './letter';
import 'server-only';

export function renderText({ brand, heading, paragraphs, button, link, notes }: Letter): string {
  const body = [heading, ...paragraphs, `${button}:\n${link}`, ...notes].join('\n\n');
  return `${body}\n\n-- \n${fill(words.footer, { brand })}\n`;
}

export function renderHtml(letter: Letter): string {
  const { brand, subject, heading, paragraphs, button, link, notes } = letter;
  const { code, direction } = common.language;
  return html`<!doctype html>
    <html lang="${code}" dir="${direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${subject}</title>
        ${STYLE}
      </head>
      <body>
        <div class="page">
          <p class="brand">${brand}</p>
          <div class="card">
            <h1>${heading}</h1>
            ${paragraphs.map((text) => html`<p>${text}</p> `)}
            <p class="action"><a class="button" href="${link}">${button}</a></p>
            <p class="quiet">${words.plainLink}<br /><a href="${link}">${link}</a></p>
            ${notes.map((text) => html`<p class="quiet">${text}</p> `)}
          </div>
          <p class="footer">${fill(words.footer, { brand })}</p>
        </div>
      </body>
    </html>`.toString();
}

/**
 * Markup that only `html` below can make: what stands in the source is trusted, what is filled in is
 * text and gets escaped.
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

/** html`<p>${name}</p>`: a string is escaped, markup of this template is taken as it is. */
function html(
  parts: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html {
  const filled = values.map((value, index) => `${markupOf(value)}${parts[index + 1] ?? ''}`);
  return new Html(`${parts[0] ?? ''}${filled.join('')}`);
}

function markupOf(value: string | Html | readonly Html[]): string {
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

/** The colours of components/site/tokens.css, written out: mail programs know no custom properties. */
const STYLE: Html = html`<style>
  :root {
    color-scheme: light dark;
  }
  body {
    margin: 0;
    background: #f6f2e9;
    color: #211d18;
    font:
      16px/1.5 -apple-system,
      'Segoe UI',
      Roboto,
      'Noto Sans',
      'Liberation Sans',
      Arial,
      sans-serif;
  }
  .page {
    max-width: 34rem;
    margin: 0 auto;
    padding: 24px 16px;
  }
  .brand,
  h1 {
    font-family: 'Iowan Old Style', Palatino, 'Palatino Linotype', Georgia, serif;
    font-weight: 600;
  }
  .brand {
    margin: 0 0 16px;
    font-size: 18px;
  }
  h1 {
    margin: 0 0 16px;
    font-size: 26px;
    line-height: 1.25;
  }
  .card {
    padding: 28px 24px 12px;
    border: 1px solid #dcd4c4;
    border-radius: 3px;
    background: #fdfbf6;
  }
  p {
    margin: 0 0 16px;
    overflow-wrap: anywhere;
  }
  .action {
    margin: 24px 0;
  }
  .button {
    display: inline-block;
    padding: 12px 22px;
    border-radius: 3px;
    background: #8e1f1b;
    color: #fffaf2;
    font-weight: 600;
    text-decoration: none;
  }
  .quiet,
  .footer {
    color: #5f574c;
    font-size: 14px;
  }
  .quiet a {
    color: #8e1f1b;
  }
  .footer {
    margin: 16px 0 0;
  }
  @media (prefers-color-scheme: dark) {
    body {
      background: #1b1a18;
      color: #ece7dc;
    }
    .card {
      border-color: #3d3935;
      background: #242220;
    }
    .button {
      background: #a93a31;
      color: #fffaf2;
    }
    .quiet,
    .footer {
      color: #b3aa9b;
    }
    .quiet a {
      color: #ee9a8d;
    }
  }
</style>`;
