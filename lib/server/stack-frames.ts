/**
 * Where an error was thrown: functions, files and lines, for the log. Rules: of an error's own text
 * nothing is read as a frame, whatever it looks like, since it may quote what was sent; a file is told
 * from the checkout on, so that no line names the machine.
 */
import 'server-only';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, dirname, relative, resolve } from 'node:path';
import { once } from './runtime';

const MOST_FRAMES = 12;
/** Places of the build whose sources are remembered: a program throws from no more than a few. */
const MOST_PLACES = 1_000;

/** As V8 writes one: `at async name (file:line:column)`, or without a name and parentheses. */
const FRAME =
  /^ {4}at (?:(?:async )?(?<name>[\w$.<>#[\] ]+) \(|async )?(?:file:\/\/)?(?<file>(?:\/|node:)[^\n:]+):(?<line>\d+):(?<column>\d+)\)?$/;

/** The frames of what was thrown, the innermost first; none of what is no error. */
export function framesOf(thrown: unknown): readonly string[] {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return [];
  // Its text stands above the frames. One that was changed since can't be told from them.
  const textAt = thrown.stack.indexOf(thrown.message);
  if (textAt === -1) return [];
  const lines = thrown.stack.slice(textAt + thrown.message.length).split('\n');
  return lines.flatMap(frameIn).slice(0, MOST_FRAMES);
}

function frameIn(text: string): readonly string[] {
  const { name, file, line, column } = FRAME.exec(text)?.groups ?? {};
  if (file === undefined || line === undefined || column === undefined) return [];
  if (file.startsWith('node:')) return [described(name, `${file}:${line}`)];
  const source = sourceOf(file, Number(line), Number(column));
  // What was built has one-letter names.
  return [source ?? described(name, `${fromCheckout(file)}:${line}`)];
}

function described(name: string | undefined, place: string): string {
  return name === undefined ? place : `${name} ${place}`;
}

function fromCheckout(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? basename(file) : path;
}

const sources = once('sources of frames', () => new Map<string, string | null>());

/** A place of the build, as the file and line that it was built from; null where no map lies beside it. */
function sourceOf(file: string, line: number, column: number): string | null {
  const place = `${file}:${String(line)}:${String(column)}`;
  const known = sources().get(place);
  if (known !== undefined) return known;
  const source = readSourceOf(file, line, column);
  if (sources().size >= MOST_PLACES) sources().clear();
  sources().set(place, source);
  return source;
}

function readSourceOf(file: string, line: number, column: number): string | null {
  try {
    // Large, and needed once for each place that throws: so it is not kept.
    const found = readMap(`${file}.map`).findEntry(line - 1, column - 1);
    if (!('originalSource' in found)) return null;
    const source = resolve(dirname(file), found.originalSource);
    return `${fromCheckout(source)}:${String(found.originalLine + 1)}`;
  } catch {
    return null;
  }
}

/** Given its path whole: of a path that it sees put together, a bundler packs every file that might fit. */
function readMap(path: string): SourceMap {
  return new SourceMap(
    JSON.parse(readFileSync(path, 'utf8')) as ConstructorParameters<typeof SourceMap>[0],
  );
}
