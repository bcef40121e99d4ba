/** Server actions as any client on the network can call them. */

/** Ids of the actions that a page hands to its scripts, by their names. */
export async function readActionIds(
  pageUrl: string,
  init: RequestInit = {},
): Promise<ReadonlyMap<string, string>> {
  const html = await (await fetch(pageUrl, init)).text();
  const flight = [...html.matchAll(/self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)/g)]
    .map(([, text = '""']) => String(JSON.parse(text)))
    .join('');
  const idOfRow = new Map(
    [...flight.matchAll(/(?:^|\n)([0-9a-f]+):\{"id":"([0-9a-f]{42})"/g)].map(
      ([, row = '', id = '']) => [row, id],
    ),
  );
  return new Map(
    [...flight.matchAll(/"(\w+)":"\$h([0-9a-f]+)"/g)].flatMap(([, name = '', row = '']) => {
      const id = idOfRow.get(row);
      return id === undefined ? [] : [[name, id]];
    }),
  );
}

export interface ActionAnswer<Outcome> {
  readonly status: number;
  readonly text: string;
  /** What the action returned; null where the answer is no such thing. */
  readonly outcome: Outcome | null;
}

/** Calls an action that takes one form. */
export async function callWithForm<Outcome>(
  pageUrl: string,
  actionId: string,
  fields: Readonly<Record<string, string>>,
  init: RequestInit = {},
): Promise<ActionAnswer<Outcome>> {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value);
  body.append('0', '["$K1"]');
  return callWithBody(pageUrl, actionId, body, init);
}

/** Calls an action with whatever body. */
export async function callWithBody<Outcome>(
  pageUrl: string,
  actionId: string,
  body: BodyInit,
  init: RequestInit = {},
): Promise<ActionAnswer<Outcome>> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'text/x-component');
  headers.set('Next-Action', actionId);
  const response = await fetch(pageUrl, { method: 'POST', body, ...init, headers });
  const text = await response.text();
  return { status: response.status, text, outcome: readOutcome(text) as Outcome | null };
}

const TEXT_ROW = /(^|\n)([0-9a-f]+):T([0-9a-f]+),/;

/** Row 1 of the answer is what the action returned; its long texts are rows of their own. */
function readOutcome(text: string): unknown {
  const texts = new Map<string, string>();
  let rest = text;
  // `2:T1f4,` and as many characters as the number says, all ASCII here; no line end follows them.
  for (let head = TEXT_ROW.exec(rest); head !== null; head = TEXT_ROW.exec(rest)) {
    const [row, before = '', id = '', length = ''] = head;
    const begin = head.index + row.length;
    const end = begin + parseInt(length, 16);
    texts.set(`$${id}`, rest.slice(begin, end));
    rest = `${rest.slice(0, head.index)}${before}${rest.slice(end)}`;
  }
  const row = /^1:(\{.*\})$/m.exec(rest)?.[1];
  if (row === undefined) return null;
  return JSON.parse(row, (_name, value: unknown) =>
    typeof value === 'string' ? (texts.get(value) ?? value) : value,
  );
}
