import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, it } from 'vitest';
import { AccountForm, type FormWork } from '@/components/account/account-form';
import { ROOT } from '@/scripts/setup/paths.mjs';

const AT_REST: FormWork = {
  errors: {
    found: {},
    codeOf: () => undefined,
    errorOf: () => undefined,
    answer: () => undefined,
  },
  problem: undefined,
  step: null,
  isDone: false,
  field: (name) => ({ id: name, name, error: undefined }),
  submit: () => undefined,
};

it('no form posts by itself what its script would keep here', () => {
  const files = readdirSync(join(ROOT, 'components'), { recursive: true, encoding: 'utf8' });
  const posting = files.filter(
    (file) =>
      file.endsWith('.tsx') &&
      /method\W{1,4}post/i.test(readFileSync(join(ROOT, 'components', file), 'utf8')),
  );
  expect(posting).toEqual([]);
});

it('a form with a password is printed so that it can’t be sent before its script is there', () => {
  const html = renderToString(
    createElement(AccountForm, {
      work: AT_REST,
      submit: 'Sign in',
      onSubmit: () => Promise.resolve([]),
      children: createElement('input', { type: 'password', name: 'password' }),
    }),
  );
  expect(html).toMatch(/<form[^>]* method="dialog"/);
  expect(html).not.toContain('action=');
  expect(html).toMatch(/<button[^>]* disabled=""[^>]*>Getting ready/);
  expect(html, 'and without scripting there is no form at all').toMatch(
    /^<noscript>(?!.*<form.*<noscript><script).*<noscript><script type="text\/plain"><\/noscript><form/s,
  );
  expect(html).toMatch(/<\/form><noscript><\/script><\/noscript>$/);
});
