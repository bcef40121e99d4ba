/** The server actions as the code has them: what each takes, by its schema, and answers, by its type. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { z } from 'zod';
import * as accounts from '@/lib/accounts/schema';
import * as messages from '@/lib/sealed/schema';
import * as sending from '@/lib/sealed/sending-schema';
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
export async function actionsInCode(): Promise<ReadonlyMap<string, CodeAction>> {
  const files = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('actions.ts'))
    .map((path) => join(ROOT, 'app', path));
  const config = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'tsconfig.json'), {}, host());
  const program = ts.createProgram(files, { ...config?.options, noEmit: true });
  const checker = program.getTypeChecker();
  const actions: [string, CodeAction][] = [];
  for (const file of files) {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    if (source === undefined || symbol === undefined) throw new Error(`${file} is no module.`);
    const text = readFileSync(file, 'utf8');
    for (const exported of checker.getExportsOfModule(symbol)) {
      const { schema, isLook } = await operationOf(text, exported.name);
      const answers = answersOf(checker, checker.getTypeOfSymbol(exported));
      actions.push([exported.name, { schema, isLook, answers }]);
    }
  }
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

/** `export const addReader = action(operations.addReader)`, of `import * as operations from …`. */
async function operationOf(
  source: string,
  action: string,
): Promise<Pick<CodeAction, 'schema' | 'isLook'>> {
  const mounted = new RegExp(`^export const ${action} = \\w+\\((\\w+)\\.(\\w+)\\)`, 'm').exec(
    source,
  );
  if (mounted === null) {
    const isLook = definitionOf(source, action).includes('isLook: true');
    return { schema: schemaOf(source, action), isLook };
  }
  const [, room = '', name = ''] = mounted;
  const path = new RegExp(`^import \\* as ${room} from '@/(.*)';`, 'm').exec(source)?.[1] ?? '';
  const declared = (await import(join(ROOT, path))) as Record<string, Partial<CodeAction>>;
  const { schema, isLook = false } = declared[name] ?? {};
  if (!(schema instanceof z.ZodType)) throw new Error(`No operation of ${action} was found.`);
  return { schema, isLook };
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
