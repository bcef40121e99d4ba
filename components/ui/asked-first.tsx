import type { ReactNode } from 'react';

export interface AskedFirstProps {
  /** Id of the sentence that says what happens. */
  readonly labelledBy: string;
  /** The sentence, where it stands here, and the buttons. */
  readonly children: ReactNode;
  readonly className: string;
}

/** Comes in the place of a button that only asked: so the focus goes to it, and what it says is read. */
export function AskedFirst({ labelledBy, children, className }: AskedFirstProps) {
  return (
    <div
      ref={takeFocus}
      role="group"
      aria-labelledby={labelledBy}
      tabIndex={-1}
      className={className}
    >
      {children}
    </div>
  );
}

function takeFocus(element: HTMLElement | null): void {
  element?.focus();
}
