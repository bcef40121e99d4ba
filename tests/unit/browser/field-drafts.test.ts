import { describe, expect, it } from 'vitest';
import {
  addDraft,
  changeDraft,
  definitionsOf,
  fieldsOf,
  moveDraft,
  removeDraft,
  startDrafts,
  type FieldDraft,
} from '@/lib/browser/field-drafts';
import { refusalOfDefinitions } from '@/lib/secrets/field-rules';
import { TEMPLATE_IDS, TEMPLATES, templateFields } from '@/lib/secrets/templates';
import { fields as words } from '@/messages/en/fields';

const login = startDrafts(templateFields('websiteLogin', words.templates));
const labels = (drafts: readonly FieldDraft[]) => drafts.map(({ label }) => label);

describe('templates', () => {
  it('are all offered, with labels that a request and a secret may have', () => {
    expect([...TEMPLATE_IDS].sort()).toEqual(Object.keys(TEMPLATES).sort());
    for (const id of TEMPLATE_IDS) {
      expect(refusalOfDefinitions(templateFields(id, words.templates)), id).toBeNull();
    }
  });

  it('say what they are made of', () => {
    expect(templateFields('websiteLogin', words.templates)).toEqual([
      { kind: 'url', label: 'Address' },
      { kind: 'text', label: 'User name' },
      { kind: 'password', label: 'Password' },
    ]);
  });
});

describe('fields that are being edited', () => {
  it('keep their values with them wherever they are moved', () => {
    const filled = changeDraft(login, 2, { value: 'wax' });
    const moved = moveDraft(moveDraft(filled, 2, -1), 2, -1);
    expect(labels(moved)).toEqual(['Password', 'Address', 'User name']);
    expect(moved[0]?.value).toBe('wax');
    expect(moveDraft(moved, 2, -1), 'there is no place before the first').toBe(moved);
    expect(moveDraft(moved, 1, 1), 'nor after the last').toBe(moved);
  });

  it('are never mistaken for one another, whatever was added and removed before', () => {
    const added = addDraft(removeDraft(login, 0));
    expect(new Set(added.map(({ id }) => id)).size).toBe(added.length);
    expect(labels(removeDraft(added, 1))).toEqual(['Password', '']);
    expect(labels(addDraft([]))).toEqual(['']);
  });

  it('keep their value when they are renamed or change their kind', () => {
    const [draft] = changeDraft(startDrafts(null), 0, { value: 'a\nb' });
    const renamed = changeDraft(draft === undefined ? [] : [draft], 0, {
      label: ' Key ',
      kind: 'multiline',
    });
    expect(fieldsOf(renamed)).toEqual([{ kind: 'multiline', label: 'Key', value: 'a\nb' }]);
  });

  it('are sealed only where they say something, and asked for in any case', () => {
    const filled = changeDraft(changeDraft(login, 1, { value: ' \n' }), 2, { value: ' w\r\nx ' });
    expect(fieldsOf(filled)).toEqual([{ kind: 'password', label: 'Password', value: ' w\nx ' }]);
    expect(definitionsOf(filled)).toEqual(templateFields('websiteLogin', words.templates));
  });
});
