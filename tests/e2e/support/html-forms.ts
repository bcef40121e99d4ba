/** Forms as a client without a script reads and posts them. */

export interface HtmlForm {
  /** Absolute address to which it posts. */
  readonly action: string;
  readonly method: 'GET' | 'POST';
  /** Fields with the values that they have when nobody touches them. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Submit buttons that have a name: pressing one adds its field. */
  readonly buttons: readonly (readonly [name: string, value: string])[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
};

/** The forms in a page, as React prints them. What is inside `<noscript>` counts. */
export function readForms(html: string, pageUrl: string): HtmlForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', body = '']) => {
    const attributes = readAttributes(tag);
    return {
      action: new URL(attributes.get('action') ?? '', pageUrl).href,
      method: attributes.get('method')?.toUpperCase() === 'POST' ? 'POST' : 'GET',
      fields: [...readInputs(body), ...readTextAreas(body), ...readSelects(body)],
      buttons: readButtons(body),
    };
  });
}

/** The one form of a page that posts. */
export function readPostForm(html: string, pageUrl: string): HtmlForm {
  const form = readForms(html, pageUrl).find(({ method }) => method === 'POST');
  if (form === undefined) throw new Error(`There is no form that posts at ${pageUrl}.`);
  return form;
}

export type Field = readonly [name: string, value: string | Blob];

/** Posts a form as a browser without a script does: its fields, replaced or added to by `fields`. */
export async function postForm(
  form: HtmlForm,
  fields: Readonly<Record<string, string>> = {},
  init: RequestInit = {},
): Promise<Response> {
  const kept = form.fields.filter(([name]) => !(name in fields));
  return postFields(form.action, [...kept, ...Object.entries(fields)], init);
}

/** Posts exactly these fields as `multipart/form-data`. */
export async function postFields(
  url: string,
  fields: readonly Field[],
  init: RequestInit = {},
): Promise<Response> {
  const body = new FormData();
  for (const [name, value] of fields) {
    if (typeof value === 'string') body.append(name, value);
    else body.append(name, value, 'file.txt');
  }
  return fetch(url, { method: 'POST', redirect: 'manual', body, ...init });
}

export function unescapeHtml(text: string): string {
  return text.replace(/&([#\w]+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}

function readInputs(html: string): [string, string][] {
  return [...html.matchAll(/<input\b([^>]*)>/g)].flatMap(([, tag = '']) => {
    const attributes = readAttributes(tag);
    const name = attributes.get('name');
    const isChoice = ['checkbox', 'radio'].includes(attributes.get('type') ?? '');
    if (name === undefined || (isChoice && !attributes.has('checked'))) return [];
    return [[name, attributes.get('value') ?? (isChoice ? 'on' : '')]];
  });
}

function readTextAreas(html: string): [string, string][] {
  return [...html.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)].flatMap(
    ([, tag = '', text = '']) => {
      const name = readAttributes(tag).get('name');
      return name === undefined ? [] : [[name, unescapeHtml(text)]];
    },
  );
}

function readSelects(html: string): [string, string][] {
  return [...html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)].flatMap(
    ([, tag = '', options = '']) => {
      const name = readAttributes(tag).get('name');
      const values = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) =>
        readAttributes(option),
      );
      const chosen = values.find((option) => option.has('selected')) ?? values[0];
      return name === undefined ? [] : [[name, chosen?.get('value') ?? '']];
    },
  );
}

function readButtons(html: string): [string, string][] {
  return [...html.matchAll(/<button\b([^>]*)>/g)].flatMap(([, tag = '']) => {
    const attributes = readAttributes(tag);
    const name = attributes.get('name');
    const submits = (attributes.get('type') ?? 'submit') === 'submit';
    return name === undefined || !submits ? [] : [[name, attributes.get('value') ?? '']];
  });
}

function readAttributes(tag: string): Map<string, string> {
  return new Map(
    [...tag.matchAll(/([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      unescapeHtml(value),
    ]),
  );
}
