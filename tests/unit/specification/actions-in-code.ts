/** The server actions as the code has them: what each takes, by its schema, and answers, by its type. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { z } from 'zod';
import * as accounts from '@/lib/accounts/schema';
import * as messages from '@/lib/messages/schema';
import * as sending from '@/lib/messages/sending-schema';
import * as requests from '@/lib/requests/schema';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface CodeAction {
  readonly schema: z.ZodType;
  /** Whether it says of itself that it changes nothing. */
  readonly isLook: boolean;
  /** `status: key, key` of every answer that its type allows, in alphabetical order. */
  readonly answers: readonly string[];
}

const SCHEMAS: Readonly<Record<string, unknown>> = {
  ...accounts,
  ...messages,
  ...sending,
  ...requests,
};

/** By name. No two actions have one name. */
export function actionsInCode(): ReadonlyMap<string, CodeAction> {
  const files = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('actions.ts'))
    .map((path) => join(ROOT, 'app', path));
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.json'), {}, host());
  const program = ts.createProgram(files, { ...config?.options, noEmit: true });
  const checker = program.getTypeChecker();
  const actions = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (source === undefined || symbol === undefined) throw new Error(`${file} is no module.`);
    const text = readFileSync(file, 'utf8');
    return checker.getExportsOfModule(symbol).map((exported): [string, CodeAction] => [
      exported.name,
      {
        schema: schemaOf(text, exported.name),
        isLook: definitionOf(text, exported.name).includes('isLook: true'),
        answers: answersOf(checker, checker.getTypeOfSymbol(exported)),
      },
    ]);
  });
  return new Map(actions);
}

/** The keys of a form, however its schema goes on with them. */
export function keysOf(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodPipe) return keysOf(schema.in);
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return Array.from(new Set(schema.options.flatMap(keysOf)));
  }
  throw new Error('A schema of a kind that no form had before.');
}

function host(): ts.ParseConfigFileHost {
  return { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
}

/** `const adds = staffAction<typeof addReaderForm, …` and `… addReader(…) { … adds(form)`. */
function definitionOf(source: string, action: string): string {
  const body = source.slice(source.indexOf(`export async function ${action}(`));
  const made = /(?:return|await) (\w+)\(form\)/.exec(body)?.[1] ?? '';
  return new RegExp(`^const ${made} = \\w+Action<.*?^}\\);`, 'ms').exec(source)?.[0] ?? '';
}

function schemaOf(source: string, action: string): z.ZodType {
  const name = /Action<\s*typeof (\w+)/.exec(definitionOf(source, action))?.[1] ?? '';
  const schema = SCHEMAS[name];
  if (!(schema instanceof z.ZodType)) throw new Error(`No schema of ${action} was found.`);
  return schema;
}

function answersOf(checker: ts.TypeChecker, action: ts.Type): string[] {
  const [signature] = action.getCallSignatures();
  const promised = signature && checker.getAwaitedType(signature.getReturnType());
  if (promised === undefined) throw new Error('An action that answers nothing.');
  const parts = promised.isUnion() ? promised.types : [promised];
  return parts
    .flatMap((part) => {
      const keys = part.getProperties().map(({ name }) => name);
      const rest = keys.filter((key) => key !== 'status').sort();
      const symbol = part.getProperty('status');
      const status = symbol && checker.getTypeOfSymbol(symbol);
      const statuses = status?.isUnion() ? status.types : [status];
      return statuses.map((one) => {
        if (!one?.isStringLiteral()) throw new Error('An answer without a status.');
        return rest.length === 0 ? one.value : `${one.value}: ${rest.join(', ')}`;
      });
    })
    .sort();
}
