'use client';

import { useHydrated } from '@/components/secret/use-hydrated';
import { SECRET_SHAPES, type SecretShape } from '@/components/secret/use-secret-draft';
import { Select } from '@/components/ui/select';
import { compose } from '@/messages/en/compose';
import { fields } from '@/messages/en/fields';

export interface SecretShapeChoiceProps {
  readonly id: string;
  readonly shape: SecretShape;
  readonly onChoose: (shape: SecretShape) => void;
}

/** One text, or fields. Only where a script can show the fields; elsewhere there is nothing to choose. */
export function SecretShapeChoice({ id, shape, onChoose }: SecretShapeChoiceProps) {
  const isHydrated = useHydrated();
  const words = compose.shape;
  if (!isHydrated) return <PlaceOfChoice />;
  return (
    <Select
      id={id}
      label={words.label}
      value={shape}
      options={SECRET_SHAPES.map((value) => ({ value, label: nameOf(value) }))}
      onChange={({ currentTarget }) => {
        const chosen = SECRET_SHAPES.find((candidate) => candidate === currentTarget.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="sm:max-w-64"
    />
  );
}

/** Keeps the place of the choice until the script is there, so that nothing moves then. */
function PlaceOfChoice() {
  return (
    <div className="field invisible hidden in-data-scripted:block" aria-hidden="true">
      <span className="field-label">&nbsp;</span>
      <span className="control" />
    </div>
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
