import type { SecretFieldKind } from '@/lib/protocol/envelope';
import type { FieldDefinition } from './field-rules';

/**
 * The fields that people send and ask for most, each with its kind, in their
 * order. Their labels are words, so they come from `messages/`.
 */
export const TEMPLATES = {
  websiteLogin: { address: 'url', userName: 'text', password: 'password' },
  apiKey: { service: 'text', key: 'password' },
  database: { host: 'text', port: 'text', database: 'text', user: 'text', password: 'password' },
  wifi: { networkName: 'text', password: 'password' },
} as const satisfies Record<string, Record<string, SecretFieldKind>>;

export type TemplateId = keyof typeof TEMPLATES;

export const TEMPLATE_IDS: readonly TemplateId[] = ['websiteLogin', 'apiKey', 'database', 'wifi'];

/** The words of the templates in one language: what each is called, and the labels of its fields. */
export type TemplateWords = {
  readonly [Id in TemplateId]: {
    readonly name: string;
    readonly labels: Readonly<Record<keyof (typeof TEMPLATES)[Id], string>>;
  };
};

/** A template's fields with their labels in one language. */
export function templateFields(id: TemplateId, words: TemplateWords): FieldDefinition[] {
  const kinds: Readonly<Record<string, SecretFieldKind>> = TEMPLATES[id];
  const labels: Readonly<Record<string, string>> = words[id].labels;
  return Object.entries(kinds).map(([name, kind]) => ({ kind, label: labels[name] ?? name }));
}
