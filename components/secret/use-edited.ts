import { useState } from 'react';

const NOTHING: ReadonlySet<string> = new Set();

/** Which fields of a form were edited since it was checked: their errors go, and the next press checks anew. */
export function useEdited() {
  const [edited, setEdited] = useState(NOTHING);
  const mark = (name: string) => {
    if (!edited.has(name)) setEdited(new Set(edited).add(name));
  };
  return {
    has: (name: string) => edited.has(name),
    mark,
    forget: () => setEdited(NOTHING),
    /** For the form. */
    onInput: ({ target }: { readonly target: EventTarget }) => {
      const name = target instanceof HTMLElement ? target.getAttribute('name') : null;
      if (name !== null) mark(name);
    },
  };
}
