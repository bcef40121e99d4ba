import type { RequestedField } from '@/lib/requests/outcomes';
import { requests } from '@/messages/en/requests';

const words = requests.create.templateFields;

/** Fields to begin with. None of them: one free reply. */
export const TEMPLATES = {
  anything: [],
  website: [
    { label: words.address, kind: 'url' },
    { label: words.userName, kind: 'text' },
    { label: words.password, kind: 'password' },
  ],
  apiKey: [
    { label: words.service, kind: 'text' },
    { label: words.apiKey, kind: 'password' },
  ],
  database: [
    { label: words.host, kind: 'text' },
    { label: words.databaseName, kind: 'text' },
    { label: words.userName, kind: 'text' },
    { label: words.password, kind: 'password' },
  ],
  wifi: [
    { label: words.network, kind: 'text' },
    { label: words.password, kind: 'password' },
  ],
} as const satisfies Record<keyof typeof requests.create.templates, readonly RequestedField[]>;

export type TemplateName = keyof typeof TEMPLATES;

export const TEMPLATE_NAMES = Object.keys(TEMPLATES) as readonly TemplateName[];

export function isTemplateName(text: string): text is TemplateName {
  return Object.hasOwn(TEMPLATES, text);
}
