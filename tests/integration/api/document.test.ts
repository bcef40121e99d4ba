import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { describeInterface } from '@/lib/server/api/document';
import { ROUTES } from '@/lib/server/api/routes';
import { PROBLEM_CODES, statusOfProblem, titleOfProblem } from '@/lib/server/api/problem';
import { inCheckout } from '@/scripts/setup/paths.mjs';

const described = describeInterface();

describe('the OpenAPI document', () => {
  it('is a valid document of version 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate({ ...described });
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('describes every address, and refers to nothing that it does not describe', () => {
    expect(Object.keys(described.paths)).toEqual(ROUTES.map(({ path }) => path));
    const { schemas } = described.components;
    for (const [, name] of JSON.stringify(described).matchAll(/"\$ref":"([^"]*)"/g)) {
      expect(Object.keys(schemas).map((key) => `#/components/schemas/${key}`)).toContain(name);
    }
    const ids = ROUTES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has no token, proof or key in an address', () => {
    for (const path of Object.keys(described.paths)) expect(path).toMatch(/^\/api\/v1\/[a-z/-]+$/);
    const parameters = Object.values(described.paths).flatMap(({ post }) => post.parameters ?? []);
    expect(parameters).toEqual([
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key' }),
    ]);
  });

  it('takes nothing that it does not name', () => {
    for (const { mounted } of ROUTES) {
      for (const { body } of mounted) {
        const result = body.safeParse({ somethingElse: 1 });
        expect(result.error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
      }
    }
  });

  it('says of every refusal what it means, and with which status it comes', () => {
    for (const code of PROBLEM_CODES) {
      expect(titleOfProblem(code), code).not.toBe('');
      expect([400, 403, 404, 405, 410, 413, 415, 421, 422, 429, 500, 503], code).toContain(
        statusOfProblem(code),
      );
    }
  });
});

it('the specification names every address and every code of the interface', () => {
  const specification = readFileSync(inCheckout('lib', 'protocol', 'README.md'), 'utf8');
  const named = [...ROUTES.map(({ path }) => path), ...PROBLEM_CODES];
  expect(named.filter((name) => !specification.includes(`\`${name}\``))).toEqual([]);
});
