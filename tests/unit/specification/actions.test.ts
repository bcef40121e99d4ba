import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LOST_ANSWERS } from '@/lib/browser/browser-trouble';
import { actionsInCode, keysOf, ROOT, type CodeAction } from './actions-in-code';
import { specifiedCalls, specifiedForms, wordsIn, type SpecifiedCall } from './tables';

// The compiler reads the whole application.
vi.setConfig({ hookTimeout: 180_000 });

const calls = specifiedCalls();
const forms = specifiedForms();

const base64url = (length: number) => Buffer.alloc(length).toString('base64url');
const sealedSeed = (kind: 1 | 2, length: number) =>
  Buffer.concat([Buffer.of(2, kind, 2), Buffer.alloc(length - 3)]).toString('base64url');

const UUID = '00000000-0000-4000-8000-000000000001';
const codeHashes = JSON.stringify(
  Array.from({ length: 10 }, (_, index) => Buffer.alloc(32, index).toString('base64url')),
);
const copy = { ciphertext: base64url(300), openProof: base64url(32), knockProof: base64url(32) };
const reader = {
  accountId: UUID,
  sealedSeed: sealedSeed(1, 95),
  sealedFor: base64url(32),
  isTold: true,
};

/** Values whose form depends on the action: the specification says which. */
const OF_ACTION: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sealOnServer: { fields: '[{"kind":"text","label":"a","value":"b"}]' },
  createRequest: {
    fields: '[{"kind":"text","label":"a"}]',
    repliesAllowed: '50',
    readers: JSON.stringify([reader]),
  },
  storeBrowserSealed: { copies: JSON.stringify([copy]) },
  addReader: { sealedSeed: sealedSeed(2, 1203) },
  deleteAccount: { requestsAlone: '2', repliesAlone: '0' },
  recoverAccount: { requestsAlone: '1', repliesAlone: '2' },
  removeMember: { requestsAlone: '0', repliesAlone: '12' },
  confirmSecondFactor: { codeHashes },
  renewSecondFactorCodes: { codeHashes },
  keepSeed: { sealedSeed: sealedSeed(1, 95) },
};

/** Values that the form of a field, as the specification words it, allows. */
function samplesOf(action: string, name: string): readonly string[] {
  const given = OF_ACTION[action]?.[name];
  if (given !== undefined) return [given];
  const form = forms.get(name) ?? '';
  const bytes = /base64url of ([\d,]+) bytes/.exec(form)?.[1];
  if (bytes !== undefined) return [base64url(Number(bytes.replace(',', '')))];
  if (form.startsWith('one of')) return wordsIn(form.split(';')[0] ?? '');
  if (form.startsWith('the cost')) {
    const cost = wordsIn(form)[['memoryKiB', 'passes', 'lanes'].indexOf(name)];
    if (cost !== undefined) return [cost];
  }
  if (form.includes('hex digits')) return ['0123456789abcdef'];
  if (form === 'a UUID') return [UUID];
  if (form === 'an e-mail address') return ['ada@example.org'];
  if (form.startsWith('text')) return ['text'];
  throw new Error(`The specification says nothing that a call of ${action} could use for ${name}.`);
}

function formOf({ action, fields }: SpecifiedCall): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, value }) => [name, value ?? samplesOf(action, name)[0] ?? '']),
  );
}

const without = (form: Readonly<Record<string, string>>, name: string) =>
  Object.fromEntries(Object.entries(form).filter(([key]) => key !== name));

describe('the actions of the specification’s tables', () => {
  let code: ReadonlyMap<string, CodeAction>;

  beforeAll(async () => {
    code = await actionsInCode();
  });

  const codeOf = (action: string): CodeAction => {
    const found = code.get(action);
    if (found === undefined) throw new Error(`There is no action ${action}.`);
    return found;
  };

  it('are those of the code: none is missing, none is made up', () => {
    const named = Array.from(new Set(calls.map(({ action }) => action))).sort();
    expect(named).toEqual(Array.from(code.keys()).sort());
  });

  it('are on pages that exist', () => {
    const pages = readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('page.tsx'))
      .map((path) => `/${path.replace(/\/?page\.tsx$/, '')}`)
      .map((path) => path.replace(/\/\([^)]+\)/g, '').replace(/\[(\w+)\]/g, '<$1>') || '/');
    expect(calls.map(({ page }) => page).filter((page) => !pages.includes(page))).toEqual([]);
  });

  it('take exactly the fields of their schemas', () => {
    for (const action of code.keys()) {
      const fields = calls
        .filter((call) => call.action === action)
        .flatMap((call) => call.fields.map(({ name }) => name));
      const specified = Array.from(new Set(fields)).sort();
      expect({ action, specified }).toEqual({
        action,
        specified: Array.from(keysOf(codeOf(action).schema)).sort(),
      });
    }
  });

  it('answer exactly what their types allow', () => {
    for (const action of code.keys()) {
      const answers = calls
        .filter((call) => call.action === action)
        .flatMap((call) => call.answers)
        .sort();
      expect({ action, answers }).toEqual({ action, answers: codeOf(action).answers });
    }
  });

  it('say of themselves that they change nothing where a lost answer is nothing to worry about', () => {
    const looks = Object.entries(LOST_ANSWERS).filter(([, lost]) => lost === 'no_answer');
    const marked = Array.from(code).filter(([, { isLook }]) => isLook);
    expect(marked.map(([name]) => name).sort()).toEqual(looks.map(([name]) => name).sort());
  });

  it('accept a call that is built from the table, with and without what may be left out', () => {
    for (const call of calls) {
      const { schema } = codeOf(call.action);
      const form = formOf(call);
      const accepted = (given: Record<string, string>) =>
        schema.safeParse(given).error?.issues.map(({ path, message }) => [path.join('.'), message]);
      expect([call.action, accepted(form)]).toEqual([call.action, undefined]);
      for (const { name, isOptional, value } of call.fields) {
        const left = schema.safeParse(without(form, name)).success;
        expect([call.action, name, left]).toEqual([call.action, name, isOptional]);
        for (const sample of value === null ? samplesOf(call.action, name) : []) {
          if (name === 'intent') continue;
          expect([call.action, name, accepted({ ...form, [name]: sample })]).toEqual([
            call.action,
            name,
            undefined,
          ]);
        }
      }
    }
  });

  it('look up a token of any length up to 200 characters, and refuse a longer one as a form', () => {
    for (const call of calls.filter(({ fields }) => fields.some(({ name }) => name === 'token'))) {
      const { schema } = codeOf(call.action);
      const taken = [0, 1, 33, 35, 54, 200, 201].filter(
        (length) => schema.safeParse({ ...formOf(call), token: 'A'.repeat(length) }).success,
      );
      expect([call.action, taken]).toEqual([call.action, [0, 1, 33, 35, 54, 200]]);
    }
  });

  it('refuse a value that is not of the form which the table of fields gives', () => {
    for (const call of calls) {
      const { schema } = codeOf(call.action);
      for (const { name } of call.fields) {
        const form = forms.get(name) ?? '';
        if (form.startsWith('text')) continue;
        const altered = { ...formOf(call), [name]: 'neither this nor that' };
        expect([call.action, name, schema.safeParse(altered).success]).toEqual([
          call.action,
          name,
          false,
        ]);
      }
    }
  });
});
