import { FactsTable } from '@/app/(site)/how-it-works/parts';
import { AnchoredHeading, MarkedText } from '@/components/ui/prose';
import type { DescribedOperation, JsonSchema, Schemas } from '@/lib/server/api/document';
import { PROBLEM_CODES, statusOfProblem, titleOfProblem } from '@/lib/server/api/problem';
import { apiReference as words } from '@/messages/en/api-reference';
import { fill } from '@/messages/fill';

interface ReferenceProps {
  readonly operation: DescribedOperation & { readonly path: string };
  readonly schemas: Schemas;
}

/** One address: what is sent there, and what comes back. */
export function Reference({ operation, schemas }: ReferenceProps) {
  const { path, operationId, summary, description, requestBody, responses } = operation;
  const body = resolve(requestBody.content['application/json'].schema, schemas);
  return (
    <>
      <AnchoredHeading level={2} id={operationId}>
        {summary}
      </AnchoredHeading>
      <p className="interface-address">
        <code>POST {path}</code>
      </p>
      <p>
        <MarkedText text={description} />
      </p>
      {(body.oneOf ?? [body]).map((variant) => {
        const schema = resolve(variant, schemas);
        const seal = schema.properties?.['seal']?.const;
        return (
          <Fields
            key={seal ?? ''}
            caption={seal === undefined ? words.sent : fill(words.sentForSeal, { seal })}
            schema={schema}
            schemas={schemas}
          />
        );
      })}
      {Object.entries(responses).map(([status, { content }]) => {
        const schema = content?.['application/json']?.schema;
        if (status === 'default') return null;
        if (schema === undefined) return <p key={status}>{fill(words.nothing, { status })}</p>;
        const answer = resolve(schema, schemas);
        return (answer.anyOf ?? [answer]).map((variant, index) => (
          <Fields
            key={`${status} ${String(index)}`}
            caption={fill(words.answered, { status })}
            schema={resolve(variant, schemas)}
            schemas={schemas}
          />
        ));
      })}
    </>
  );
}

interface FieldsProps {
  readonly caption: string;
  readonly schema: JsonSchema;
  readonly schemas: Schemas;
}

function Fields({ caption, schema, schemas }: FieldsProps) {
  return (
    <FactsTable
      className="interface-fields"
      caption={caption}
      columns={[words.columns.name, words.columns.form]}
      rows={rowsOf(schema, schemas, '')}
    />
  );
}

type Row = readonly [name: string, form: string];

/** Every field by its path: `copies[].ciphertext`; one that may be left out with a question mark. */
function rowsOf(schema: JsonSchema, schemas: Schemas, before: string): readonly Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, given]) => {
    const field = resolve(given, schemas);
    const path = `${before}${name}`;
    const isOptional = schema.required?.includes(name) !== true;
    const inner = field.items === undefined ? field : resolve(field.items, schemas);
    const nested = field.items === undefined ? `${path}.` : `${path}[].`;
    const row: Row = [`${path}${isOptional ? '?' : ''}`, formOf(field)];
    return [row, ...rowsOf(inner, schemas, nested)];
  });
}

function formOf(field: JsonSchema): string {
  const values = field.enum ?? (field.const === undefined ? undefined : [field.const]);
  const options = (field.anyOf ?? field.oneOf ?? []).map(({ type }) => type ?? 'object');
  const form =
    values === undefined
      ? [field.type ?? Array.from(new Set(options)).join(words.or)]
      : values.map((value) => `\`${value}\``);
  return [form.join(', '), field.description].filter((part) => part !== undefined).join('. ');
}

function resolve(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split('/').at(-1);
  const found = name === undefined ? schema : schemas[name];
  if (found === undefined) throw new Error('A schema that is referred to is not described.');
  return found;
}

/** Each where the `type` of a problem leads to. */
export function Problems() {
  return (
    <table className="interface-fields">
      <caption>{words.problems.caption}</caption>
      <thead>
        <tr>
          <th scope="col">{words.columns.code}</th>
          <th scope="col">{words.columns.meaning}</th>
        </tr>
      </thead>
      <tbody>
        {PROBLEM_CODES.map((code) => (
          <tr key={code} id={code}>
            <th scope="row">{code}</th>
            <td>
              {statusOfProblem(code)}: {titleOfProblem(code)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
