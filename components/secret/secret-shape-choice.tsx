'use client';

import { useHydrated } from '@/components/secret/use-hydrated';
import { SECRET_SHAPES, type SecretShape } from '@/components/secret/use-secret-draft';
import { QuietSelect } from '@/components/ui/quiet-select';
import { compose } from '@/messages/en/compose';
import { fields } from '@/messages/en/fields';

export interface SecretShapeChoiceProps {
  readonly id: string;
  readonly shape: SecretShape;
  readonly onChoose: (shape: SecretShape) => void;
}

/**
 * One text, or fields; beside the heading of what it changes, where it takes no room of its own.
 * Only where a script can show the fields; elsewhere there is nothing to choose.
 */
export function SecretShapeChoice({ id, shape, onChoose }: SecretShapeChoiceProps) {
  const isHydrated = useHydrated();
  const words = compose.shape;
  if (!isHydrated) return null;
  return (
    <QuietSelect
      id={id}
      label={words.label}
      hidesLabel
      value={shape}
      options={SECRET_SHAPES.map((value) => ({ value, label: nameOf(value) }))}
      onChange={({ currentTarget }) => {
        const chosen = SECRET_SHAPES.find((candidate) => candidate === currentTarget.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="secret-shape"
    />
  );
}

function nameOf(shape: SecretShape): string {
  switch (shape) {
    case 'text':
      return compose.shape.text;
    case 'own':
      return fields.own;
    default:
      return fields.templates[shape].name;
  }
}
