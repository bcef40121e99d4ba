/** The public interface as OpenAPI 3.1 describes it, made of the schemas by which it works. */
import 'server-only';
import { z } from 'zod';
import { brand } from '@/lib/brand';
import { once } from '../runtime';
import { problem } from './bodies';
import { ROUTES, type Route } from './routes';

const VERSION = '1.0.0';

/** The document as it is served. */
export const openApiDocument = once('OpenAPI document', () => JSON.stringify(describeInterface()));

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
}

export type Schemas = Readonly<Record<string, JsonSchema>>;

type Content<Type extends string> = Readonly<Record<Type, { readonly schema: JsonSchema }>>;

export interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters?: readonly object[];
  readonly requestBody: { readonly required: true; readonly content: Content<'application/json'> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly headers?: object;
        readonly content?: Partial<Content<'application/json' | 'application/problem+json'>>;
      }
    >
  >;
}

export interface DescribedInterface {
  readonly openapi: string;
  readonly info: object;
  readonly servers: readonly object[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, { readonly post: DescribedOperation }>>;
  readonly components: { readonly schemas: Schemas };
}

export function describeInterface(): DescribedInterface {
  const { schemaOf, components } = describeSchemas();
  return {
    openapi: '3.1.1',
    info: {
      title: brand.name,
      version: VERSION,
      description:
        'Sends secrets, opens them, and replies to requests, as pages do, without an account. What is sealed, and how, is in the specification (lib/protocol/README.md).',
      license: { name: 'GPL-3.0-or-later', identifier: 'GPL-3.0-or-later' },
    },
    servers: [{ url: '/' }],
    // Nothing is asked of who calls: what they hold is in the body.
    security: [],
    paths: Object.fromEntries(
      ROUTES.map((route) => [route.path, { post: describeRoute(route, schemaOf) }]),
    ),
    components: { schemas: components },
  };
}

type SchemaOf = (name: string) => JsonSchema;

/** All schemas in one go, so that what several have in common is described once. */
function describeSchemas(): { schemaOf: SchemaOf; components: Schemas } {
  const shape: Record<string, z.ZodType> = { problem };
  for (const { id, mounted, answers } of ROUTES) {
    for (const [index, { body }] of mounted.entries()) shape[`${id} ${String(index)}`] = body;
    if (answers.schema !== null) shape[id] = answers.schema;
  }
  const described = z.toJSONSchema(z.object(shape), { io: 'input' });
  const { properties, $defs } = JSON.parse(
    JSON.stringify(described).replaceAll('#/$defs/', '#/components/schemas/'),
  ) as { properties: Schemas; $defs: Schemas };
  const schemaOf: SchemaOf = (name) => {
    const schema = properties[name];
    if (schema === undefined) throw new Error(`The schema of ${name} is not described.`);
    return schema;
  };
  return { schemaOf, components: $defs };
}

function describeRoute(route: Route, schemaOf: SchemaOf): DescribedOperation {
  const { id, mounted, answers } = route;
  const [first, ...others] = mounted.map((_, index) => schemaOf(`${id} ${String(index)}`));
  if (first === undefined) throw new Error('An address that takes nothing.');
  return {
    operationId: id,
    summary: route.summary,
    description: route.description,
    ...(route.isRepeatable === true && { parameters: [IDEMPOTENCY_KEY] }),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: others.length === 0 ? first : { oneOf: [first, ...others] } },
      },
    },
    responses: {
      [answers.status]: {
        description: answers.schema === null ? 'Done' : 'As it was asked',
        ...(answers.schema !== null && {
          content: { 'application/json': { schema: schemaOf(id) } },
        }),
      },
      default: {
        description: 'What was refused, or failed',
        headers: { 'Retry-After': RETRY_AFTER },
        content: { 'application/problem+json': { schema: schemaOf('problem') } },
      },
    },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Drawn at random for each secret, and as secret as its link: the same body with the same key makes one secret within a day.',
  schema: { type: 'string', minLength: 22, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
};

const RETRY_AFTER = {
  description: 'With 429 and 503: seconds, at the most',
  schema: { type: 'integer' },
};
