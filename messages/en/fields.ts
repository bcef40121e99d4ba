import type { FieldDefinition } from '@/lib/secrets/field-rules';
import type { TemplateWords } from '@/lib/secrets/templates';

/** A secret of several fields, wherever it is written, asked for or shown. */
export const fields = {
  templates: {
    websiteLogin: {
      name: 'Website login',
      labels: { address: 'Address', userName: 'User name', password: 'Password' },
    },
    apiKey: { name: 'API key', labels: { service: 'Service', key: 'Key' } },
    database: {
      name: 'Database',
      labels: {
        host: 'Host',
        port: 'Port',
        database: 'Database',
        user: 'User',
        password: 'Password',
      },
    },
    wifi: { name: 'Wi-Fi', labels: { networkName: 'Network name', password: 'Password' } },
  } satisfies TemplateWords,
  own: 'Own fields',

  /** Under the label of a field that must be filled in. */
  required: 'Required',

  /** For a field that has no label yet. */
  unnamed: 'Field {number}',

  editor: {
    summary: 'Change the fields',
    field: 'Field {number}',
    label: 'Label',
    kind: 'Kind',
    kinds: {
      text: 'Text',
      password: 'Password',
      url: 'Web address',
      multiline: 'Several lines',
    } satisfies Record<FieldDefinition['kind'], string>,
    up: 'Up',
    upLong: 'Move {label} up',
    down: 'Down',
    downLong: 'Move {label} down',
    required: 'Must be filled in',
    remove: 'Remove',
    removeLong: 'Remove {label}',
    add: 'Add a field',
    moved: '{label} is now field {number} of {count}.',
    removed: '{label} was removed.',
  },

  shown: {
    show: 'Show',
    showLong: 'Show {label}',
    hide: 'Hide',
    hideLong: 'Hide {label}',
    copy: 'Copy',
    copyLong: 'Copy {label}',
    hidden: 'Hidden',
    empty: 'left empty',
    newTab: 'Opens in a new tab.',
  },
};
