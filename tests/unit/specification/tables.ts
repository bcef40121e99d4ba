/** The tables of lib/protocol/README.md, read out of its text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './actions-in-code';

const TEXT = readFileSync(join(ROOT, 'lib', 'protocol', 'README.md'), 'utf8');

/** A way to call an action. */
export interface SpecifiedCall {
  readonly action: string;
  readonly page: string;
  readonly fields: readonly SpecifiedField[];
  /** As `CodeAction` has them; empty where another row of the same action says it. */
  readonly answers: readonly string[];
}

export interface SpecifiedField {
  readonly name: string;
  readonly isOptional: boolean;
  /** The only value that this call takes, if it says one. */
  readonly value: string | null;
}

export function specifiedCalls(): readonly SpecifiedCall[] {
  return rowsOf(TEXT, 'action', 'page', 'sent', 'answered').map(
    ([action = '', page = '', sent = '', answered = '']) => ({
      action: wordsIn(action)[0] ?? '',
      page: wordsIn(page)[0] ?? '',
      fields: fieldsIn(sent),
      answers: answersIn(answered),
    }),
  );
}

/** What each field looks like, by its name. */
export function specifiedForms(): ReadonlyMap<string, string> {
  return new Map(
    rowsOf(TEXT, 'field', 'form').flatMap(([names = '', form = '']) =>
      withoutGaps(names).map((name): [string, string] => [name, form]),
    ),
  );
}

/** What stands in backticks. */
export function wordsIn(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, word]) => word ?? '');
}

/** Of all tables of a text that have this header. */
export function rowsOf(text: string, ...header: readonly string[]): string[][] {
  const lines = text.split('\n').map((line) =>
    line.startsWith('|')
      ? line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
      : null,
  );
  const rows: string[][] = [];
  for (const [index, line] of lines.entries()) {
    if (line?.join('|') !== header.join('|')) continue;
    for (const row of lines.slice(index + 2)) {
      if (row === null) break;
      rows.push(row);
    }
  }
  return rows;
}

/** `a`, `b?`, `c` = `d`, and `value-0?` … `value-39?` for all in between. */
function fieldsIn(cell: string): SpecifiedField[] {
  const values = new Map(
    Array.from(cell.matchAll(/`([^`]+)` = `([^`]+)`/g), ([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
  const names = withoutGaps(cell.replace(/ = `[^`]+`/g, ''));
  return names.map((name) => ({
    name: name.replace('?', ''),
    isOptional: name.endsWith('?'),
    value: values.get(name) ?? null,
  }));
}

function withoutGaps(cell: string): string[] {
  return wordsIn(
    cell.replace(/`(\D+)(\d+)(\??)` … `\1(\d+)\??`/, (_all, start: string, from, mark, to) =>
      Array.from(
        { length: Number(to) - Number(from) + 1 },
        (_none, index) => `\`${start}${String(Number(from) + index)}${String(mark)}\``,
      ).join(', '),
    ),
  );
}

function answersIn(cell: string): string[] {
  if (cell === 'the same') return [];
  return cell
    .split(';')
    .map((answer) => {
      const [status = '', ...keys] = wordsIn(answer);
      return keys.length === 0 ? status : `${status}: ${keys.sort().join(', ')}`;
    })
    .sort();
}
