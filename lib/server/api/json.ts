/**
 * The JSON of a request, read strictly: a proxy or filter that looks at a body must see the one that is
 * acted on. So a name stands once in an object, bytes and escapes say whole characters, and neither
 * depth nor the number of names is left to the client.
 */
import { isUtf8 } from 'node:buffer';

const MAX_DEPTH = 8;
/** In a whole body: fifty copies of three values each, with room. */
const MAX_NAMES = 500;

export type JsonObject = Readonly<Record<string, unknown>>;

/** The object that a body says; null for whatever else it is. */
export function readJsonObject(body: Buffer): JsonObject | null {
  if (!isUtf8(body)) return null;
  const text = body.toString('utf8');
  try {
    if (!isPlain(text)) return null;
    const value: unknown = JSON.parse(text);
    if (!isObject(value) || (text.includes('\\u') && hasHalf(value))) return null;
    return value;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Half a character, as an escape can say it: UTF-8 has none, so another would be sealed in its place. */
function hasHalf(value: unknown): boolean {
  if (typeof value !== 'string') {
    return (
      typeof value === 'object' && value !== null && Object.entries(value).flat().some(hasHalf)
    );
  }
  for (const character of value) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) return true;
  }
  return false;
}

/**
 * Whether what is opened in a text is shallow, and its names few and each other's own. By characters
 * and not by a regular expression: the engine keeps the last text that one has matched.
 */
function isPlain(text: string): boolean {
  /** The names of each object that is open; null for an array. */
  const open: (Set<string> | null)[] = [];
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') {
      if (open.push(character === '{' ? new Set() : null) > MAX_DEPTH) return false;
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const end = endOfString(text, at);
      if (end === -1) return false;
      const names = open.at(-1) ?? null;
      if (names !== null && isFollowedByColon(text, end)) {
        const name = String(JSON.parse(text.slice(at, end + 1)));
        if (names.has(name) || (count += 1) > MAX_NAMES) return false;
        names.add(name);
      }
      at = end;
    }
  }
  return true;
}

function endOfString(text: string, start: number): number {
  let end = start;
  do {
    end = text.indexOf('"', end + 1);
  } while (end !== -1 && isEscaped(text, end));
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === '\\') from -= 1;
  return (at - from) % 2 === 1;
}

function isFollowedByColon(text: string, end: number): boolean {
  let next = end + 1;
  while (text[next] === ' ' || text[next] === '\n' || text[next] === '\r' || text[next] === '\t') {
    next += 1;
  }
  return text[next] === ':';
}
